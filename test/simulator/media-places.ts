/** 素材概述: the places inside documents that media are uploaded to. */
import { extname } from 'node:path'
import type { Identity } from './accounts.ts'
import { Refusal } from './refusal.ts'
import type { Server } from './server.ts'

/**
 * Judges the place of a media: `parent_node` and the `drive_route_token` in `extra`. A node that the simulator
 * does not know is taken to exist unless a test has removed it; one that it knows must be of the right kind.
 * 1061044 no such place, 1061041 its document was deleted, 1061004 no right to edit its document, 1061002 `extra` is not as it should be.
 */
export function checkMediaPlace(
  server: Server,
  identity: Identity,
  parentType: string,
  parentNode: string,
  extra: unknown,
  fileName: string,
): void {
  const given = extraOf(extra)
  const route = given?.['drive_route_token']
  if (parentType === 'ccm_import_open') {
    checkImport(parentNode, given, fileName)
    return
  }
  if (parentNode === '' || server.access.isMissing(parentNode)) throw new Refusal(1061044)
  const document = documentOf(server, parentType, parentNode)
  const routed = ROUTED.test(parentType)
  // 素材概述 says that these uploads need it, 上传素材 calls it optional: tests choose.
  if (routed && route === undefined && server.settings.requireRouteToken) {
    throw new Refusal(1061002, 'extra must have a drive_route_token')
  }
  if (document === undefined) return
  if (server.access.isMissing(document)) throw new Refusal(1061041)
  if (routed && route !== undefined && route !== document) throw new Refusal(1061044)
  if (!server.access.allows(identity, document, 'edit')) throw new Refusal(1061004)
}

/** 导入文件概述: an import has no parent yet, and says what is to become of the file. */
function checkImport(
  parentNode: string,
  extra: Record<string, unknown> | undefined,
  fileName: string,
): void {
  if (parentNode !== '') throw new Refusal(1061044)
  const { obj_type: type, file_extension: extension } = extra ?? {}
  if (!['docx', 'sheet', 'bitable'].includes(String(type))) throw new Refusal(1061002, 'obj_type')
  if (extname(fileName) !== `.${extension}`) throw new Refusal(1061002, 'file_extension')
}

const ROUTED = /^(docx|sheet|bitable)_/

/** The document a node is in, if it is known. */
function documentOf(server: Server, parentType: string, node: string): string | undefined {
  // A block of another kind, or the page, is taken here and refused (1770013) when the media is to be shown.
  if (parentType.startsWith('docx_')) {
    return known(server, node) === 'docx' ? node : server.docx.ofBlock(node)?.token
  }
  const wanted = { sheet: 'sheet', bitable: 'bitable' }[parentType.split('_')[0] ?? '']
  if (wanted === undefined) return undefined
  const type = known(server, node)
  if (type !== undefined && type !== wanted) throw new Refusal(1061044)
  return type === undefined ? undefined : node
}

function known(server: Server, node: string): string | undefined {
  return server.wiki.find(node) === undefined ? server.drive.get(node)?.type : 'wiki'
}

/** `extra` is JSON in text form. */
function extraOf(extra: unknown): Record<string, unknown> | undefined {
  if (extra === undefined) return undefined
  try {
    return (JSON.parse(typeof extra === 'string' ? extra : '') ?? undefined) as Record<
      string,
      unknown
    >
  } catch {
    throw new Refusal(1061002, 'extra must be JSON text')
  }
}
