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

// 新增记录, 更新记录, 查询记录 · 权限要求; the reading ones as the console's list of scopes names them.
const BASE_READ = ['bitable:app:readonly', 'bitable:app']
const RECORD_READ = ['base:record:retrieve', ...BASE_READ]
// 批量获取记录 · 权限要求.
const RECORDS_BY_ID = ['base:record:read', ...BASE_READ]
const RECORD_CREATE = ['base:record:create', 'bitable:app']
const RECORD_UPDATE = ['base:record:update', 'bitable:app']
// 创建块, 更新块 · 权限要求. 删除块 lists the wide one only.
const DOCX_READ = ['docx:document:readonly', 'docx:document']
const DOCX_WRITE = ['docx:document:write_only', 'docx:document']
// 获取工作表, 创建浮动图片 · 权限要求.
const SHEET_READ = [
  'sheets:spreadsheet:read',
  'sheets:spreadsheet:readonly',
  'sheets:spreadsheet',
  'drive:drive',
]
// 判断用户权限, 增加协作者权限 · 权限要求.
const DOCUMENT_MANAGE = [
  'drive:drive',
  'docs:doc',
  'sheets:spreadsheet',
  'bitable:app',
  'wiki:wiki',
]

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
  'files/download': [
    'drive:file:download',
    'drive:file:readonly',
    'drive:file',
    'drive:drive:readonly',
    'drive:drive',
  ],
  // 移动文件或文件夹, 删除文件或文件夹 · 权限要求. Renaming needs what the official client asks for.
  'files/move': ['space:document:move', 'drive:drive'],
  'files/delete': ['space:document:delete', 'drive:drive'],
  'files/rename': FILE_UPLOAD,
  'files/task_check': ['drive:drive.metadata:readonly', 'drive:drive:readonly', 'drive:drive'],
  'files/create_folder': ['space:folder:create', 'drive:drive'],
  'root_folder/meta': ['drive:drive.metadata:readonly', 'drive:drive:readonly', 'drive:drive'],
  'wiki/get_node': ['wiki:node:read', 'wiki:wiki:readonly', 'wiki:wiki'],
  'wiki/list_spaces': ['wiki:space:retrieve', 'wiki:wiki:readonly', 'wiki:wiki'],
  // 文档搜索 · 权限要求.
  'search/doc_wiki': ['search:docs:read'],
  // The official client names the first only.
  'wiki/node_by_token': ['wiki:node:retrieve', 'wiki:wiki:readonly', 'wiki:wiki'],
  'wiki/list_nodes': ['wiki:node:retrieve', 'wiki:wiki:readonly', 'wiki:wiki'],
  // 移动云空间文档至知识空间, 获取任务结果 · 权限要求.
  'wiki/move_docs': ['wiki:node:move', 'wiki:wiki'],
  'wiki/get_task': ['wiki:space:read', 'wiki:wiki:readonly', 'wiki:wiki'],
  'metas/batch_query': ['drive:drive.metadata:readonly', 'drive:drive'],
  // 创建导入任务, 查询导入任务结果 · 权限要求.
  'import/create_task': ['docs:document:import', 'drive:drive'],
  'import/get_task': ['docs:document:import', 'drive:drive:readonly', 'drive:drive'],
  'permissions/create_member': ['docs:permission.member:create', ...DOCUMENT_MANAGE],
  'permissions/list_members': ['docs:permission.member:retrieve', ...DOCUMENT_MANAGE],
  'permissions/auth': ['docs:permission.member:auth', ...DOCUMENT_MANAGE],
  'bitable/get_app': ['base:app:read', ...BASE_READ],
  'bitable/list_tables': ['base:table:read', ...BASE_READ],
  'bitable/list_fields': ['base:field:read', ...BASE_READ],
  'bitable/list_records': RECORD_READ,
  'bitable/get_record': RECORD_READ,
  'bitable/search_records': RECORD_READ,
  'bitable/batch_get': RECORDS_BY_ID,
  'bitable/create_record': RECORD_CREATE,
  'bitable/batch_create': RECORD_CREATE,
  'bitable/update_record': RECORD_UPDATE,
  'bitable/batch_update': RECORD_UPDATE,
  // As the official client asks for it.
  'base/append_attachments': RECORD_UPDATE,
  'docx/get_document': DOCX_READ,
  'docx/list_blocks': DOCX_READ,
  'docx/get_block': DOCX_READ,
  'docx/list_children': DOCX_READ,
  'docx/create_blocks': DOCX_WRITE,
  'docx/update_block': DOCX_WRITE,
  'docx/batch_update': DOCX_WRITE,
  'docx/delete_blocks': ['docx:document'],
  'sheets/get_spreadsheet': SHEET_READ,
  'sheets/query_sheets': SHEET_READ,
  'sheets/query_images': SHEET_READ,
  'sheets/create_image': ['sheets:spreadsheet:write_only', 'sheets:spreadsheet', 'drive:drive'],
}

/** Every scope there is, for an app that has them all. */
export const ALL_SCOPES: ReadonlySet<string> = new Set([
  'offline_access',
  ...Object.values(SCOPES).flat(),
])

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
