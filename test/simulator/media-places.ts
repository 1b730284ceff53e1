/** 素材概述: the places inside documents that media are uploaded to. */
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
): void {
  const route = routeTokenOf(extra)
  // 导入文件概述: an import has no parent yet.
  if (parentType === 'ccm_import_open' && parentNode === '') return
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
function routeTokenOf(extra: unknown): unknown {
  if (extra === undefined) return undefined
  try {
    const value = JSON.parse(typeof extra === 'string' ? extra : '') as Record<
      string,
      unknown
    > | null
    return value?.['drive_route_token']
  } catch {
    throw new Refusal(1061002, 'extra must be JSON text')
  }
}
