/** 获取知识空间节点信息, 文档 · 创建块 and 更新块: what makes an uploaded media visible. */
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import type { DocxBlock } from './documents.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'

const FILE_BLOCK = 23
const IMAGE_BLOCK = 27
const VIEW_BLOCK = 33

export function documentRoutes(server: Server): Route[] {
  return [
    {
      method: 'GET',
      path: '/wiki/v2/spaces/get_node',
      endpoint: 'wiki/get_node',
      rate: 'none',
      readOnly: true,
      handle: async (call) => () => getNode(server, call.query.get('token') ?? ''),
    },
    {
      method: 'POST',
      path: '/docx/v1/documents/:document/blocks/:block/children',
      endpoint: 'docx/create_blocks',
      rate: 'none',
      handle: (call) => createBlocks(server, call),
    },
    {
      method: 'PATCH',
      path: '/docx/v1/documents/:document/blocks/:block',
      endpoint: 'docx/update_block',
      rate: 'none',
      handle: (call) => updateBlock(server, call),
    },
  ]
}

function getNode(server: Server, token: string): Answer {
  const node = server.documents.wikiNode(token)
  return success({
    node: {
      space_id: node.spaceId ?? '7000000000000000000',
      node_token: node.token,
      obj_token: node.objToken,
      obj_type: node.objType,
      node_type: 'origin',
      title: node.title ?? '',
    },
  })
}

/** 创建块: 1 to 50 children; empty image and file blocks only, the media comes afterwards. */
async function createBlocks(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['children'], ['index'])
  const { document = '', block: parent = '' } = call.params
  return () => {
    if (server.access.isMissing(document)) throw new Refusal(1770002)
    const { children } = body
    if (!Array.isArray(children) || children.length < 1 || children.length > 50) {
      throw new Refusal(1770001)
    }
    const types = children.map((child) => (child as { block_type?: unknown } | null)?.block_type)
    if (types.some((type) => type !== FILE_BLOCK && type !== IMAGE_BLOCK))
      throw new Refusal(1770001)
    const clientToken = call.query.get('client_token')
    const blocks = server.repeated.once(clientToken, body, () =>
      types.map((type) => server.documents.addBlock(document, parent, type as number)),
    )
    return success({
      children: blocks.map(blockRow),
      client_token: clientToken ?? '',
      document_revision_id: server.documents.blocks(document).length,
    })
  }
}

/** 更新块 · replace_image, replace_file: 1770013 unless the media was uploaded to that very block. */
async function updateBlock(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson([], ['replace_image', 'replace_file'])
  const { document = '', block: blockId = '' } = call.params
  return () => {
    const block = server.documents.block(document, blockId)
    const wanted = block.type === IMAGE_BLOCK ? body.replace_image : body.replace_file
    const token = (wanted as { token?: unknown } | undefined)?.token
    if (typeof token !== 'string') throw new Refusal(1770001)
    if (block.type === VIEW_BLOCK || server.library.get(token)?.parent !== blockId) {
      throw new Refusal(1770013)
    }
    block.fileToken = token
    return success({ block: blockRow(block) })
  }
}

function blockRow(block: DocxBlock): Record<string, unknown> {
  const row = { block_id: block.blockId, block_type: block.type, parent_id: block.parentId }
  if (block.type === VIEW_BLOCK) return { ...row, children: block.children, view: { view_type: 1 } }
  const media = { token: block.fileToken }
  return block.type === IMAGE_BLOCK ? { ...row, image: media } : { ...row, file: media }
}
