/** Which scopes open which calls: any one of a list is enough. Those not named here need none. */
import type { Identity } from './accounts.ts'
import { Refusal } from './refusal.ts'

// 上传素材 and 上传文件 · 权限要求, the narrowest leading.
const MEDIA_UPLOAD = [
  'docs:document.media:upload',
  'bitable:app',
  'docs:doc',
  'sheets:spreadsheet',
  'drive:drive',
]
const FILE_UPLOAD = ['drive:file:upload', 'drive:file', 'drive:drive']

const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'medias/upload_all': MEDIA_UPLOAD,
  'medias/upload_prepare': MEDIA_UPLOAD,
  'medias/upload_part': MEDIA_UPLOAD,
  'medias/upload_finish': MEDIA_UPLOAD,
  'files/upload_all': FILE_UPLOAD,
  'files/upload_prepare': FILE_UPLOAD,
  'files/upload_part': FILE_UPLOAD,
  'files/upload_finish': FILE_UPLOAD,
  'files/list': ['space:document:retrieve', 'drive:drive:readonly', 'drive:drive'],
  'files/create_folder': ['space:folder:create', 'drive:drive'],
  'root_folder/meta': ['drive:drive.metadata:readonly', 'drive:drive:readonly', 'drive:drive'],
  'wiki/get_node': ['wiki:node:read', 'wiki:wiki:readonly', 'wiki:wiki'],
  'bitable/create_record': ['base:record:create', 'bitable:app'],
  'docx/create_blocks': ['docx:document:write_only', 'docx:document'],
  'docx/update_block': ['docx:document:write_only', 'docx:document'],
}

/** 服务端错误码说明: 99991672 when the app lacks the scope, 99991679 when the person has not granted it. */
export function requireScope(
  endpoint: string,
  { granted }: Identity,
  ofApp: ReadonlySet<string> | undefined,
): void {
  const anyOf = SCOPES[endpoint] ?? []
  if (anyOf.length === 0) return
  const holds = (scopes: ReadonlySet<string> | undefined) =>
    scopes === undefined || anyOf.some((scope) => scopes.has(scope))
  if (!holds(ofApp)) throw violation(99991672, 'action_scope_required', anyOf)
  if (!holds(granted)) throw violation(99991679, 'action_privilege_required', anyOf)
}

function violation(code: 99991672 | 99991679, type: string, anyOf: readonly string[]): Refusal {
  const violations = anyOf.map((subject) => ({ type, subject }))
  return new Refusal(code, `one of [${anyOf.join(', ')}]`, {
    error: { permission_violations: violations },
  })
}
