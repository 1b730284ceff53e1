/** 文档: blocks for uploaded media. The block comes first, then the media for that block, then the two are joined. */
import { randomUUID } from 'node:crypto'
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import { BLOCK_TYPE, type DocxBlock, type DocxDocument } from './docx.ts'
import {
  BLOCK_PAGE_SIZE,
  MAX_BLOCK_CHILDREN,
  MAX_BLOCK_UPDATES,
  MAX_IMAGE_BLOCKS,
  MAX_REVISIONS_BEHIND,
} from './limits.ts'
import { pageOf } from './pages.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'

const DOCUMENT = '/docx/v1/documents/:document'
const BLOCKS = `${DOCUMENT}/blocks`
const CHILDREN = `${BLOCKS}/:block/children`

export function docxRoutes(server: Server): Route[] {
  return [
    question('get_document', DOCUMENT, (call) => getDocument(server, call)),
    question('list_blocks', BLOCKS, (call) => listBlocks(server, call)),
    question('get_block', `${BLOCKS}/:block`, (call) => getBlock(server, call)),
    question('list_children', CHILDREN, (call) => listChildren(server, call)),
    edit('POST', 'create_blocks', CHILDREN, (call) => createBlocks(server, call)),
    edit('PATCH', 'update_block', `${BLOCKS}/:block`, (call) => updateBlock(server, call)),
    edit('PATCH', 'batch_update', `${BLOCKS}/batch_update`, (call) => batchUpdate(server, call)),
    edit('DELETE', 'delete_blocks', `${CHILDREN}/batch_delete`, (call) =>
      deleteBlocks(server, call),
    ),
  ]
}

function question(name: string, path: string, answer: (call: Call) => Answer): Route {
  return {
    method: 'GET',
    path,
    endpoint: `docx/${name}`,
    rate: 'document-read',
    readOnly: true,
    handle: async (call) => () => answer(call),
  }
}

function edit(
  method: 'POST' | 'PATCH' | 'DELETE',
  name: string,
  path: string,
  handle: Route['handle'],
): Route {
  return { method, path, endpoint: `docx/${name}`, rate: 'document', badBody: 1770001, handle }
}

/** 获取文档基本信息. */
function getDocument(server: Server, call: Call): Answer {
  const { token, revision, title } = requireDocument(server, call, 'view')
  return success({ document: { document_id: token, revision_id: revision, title } })
}

/** 获取文档所有块: the page and what is on it, from top to bottom. */
function listBlocks(server: Server, call: Call): Answer {
  const { page, blocks } = requireDocument(server, call, 'view')
  const rows = [page, ...blocks].map(blockRow)
  return success(pageOf(rows, call.query, BLOCK_PAGE_SIZE, 1770001))
}

/** 获取块的内容. */
function getBlock(server: Server, call: Call): Answer {
  const { block = '' } = call.params
  return success({ block: blockRow(requireDocument(server, call, 'view').block(block)) })
}

/** 获取所有子块. */
function listChildren(server: Server, call: Call): Answer {
  const document = requireDocument(server, call, 'view')
  requireRevision(document, call)
  const { block = '' } = call.params
  const rows = document.block(block).children.map((id) => blockRow(document.block(id)))
  return success(pageOf(rows, call.query, BLOCK_PAGE_SIZE, 1770001))
}

/** 创建块: 1 to 50 children; empty image and file blocks only, the media comes afterwards. */
async function createBlocks(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['children'], ['index'])
  return () =>
    editOnce(server, call, body, (document) => {
      const { block: parentId = '' } = call.params
      const specs = newBlocks(body.children)
      // A paragraph, a file or an image has no blocks in it.
      if (document.block(parentId).type !== BLOCK_TYPE.page) throw new Refusal(1770001, 'parent')
      const index = body.index ?? -1
      if (!Number.isSafeInteger(index) || Number(index) < -1) throw new Refusal(1770001, 'index')
      return { children: document.insert(parentId, Number(index), specs).map(blockRow) }
    })
}

function newBlocks(children: unknown) {
  const count = Array.isArray(children) ? children.length : 0
  if (count < 1 || count > MAX_BLOCK_CHILDREN) throw new Refusal(1770001, 'children')
  const specs = (children as unknown[]).map(newBlock)
  const images = specs.filter(({ type }) => type === BLOCK_TYPE.image)
  if (images.length > MAX_IMAGE_BLOCKS) throw new Refusal(1770035)
  return specs
}

function newBlock(child: unknown): { type: number; viewType?: number } {
  const { block_type: type, image, file } = (child ?? {}) as Record<string, unknown>
  const content = type === BLOCK_TYPE.image ? image : type === BLOCK_TYPE.file ? file : undefined
  if (typeof content !== 'object' || content === null) throw new Refusal(1770001, 'block_type')
  const { token = '', view_type: viewType } = content as Record<string, unknown>
  if (token !== '') throw new Refusal(1770001, 'token')
  if (viewType === undefined) return { type: Number(type) }
  if (![1, 2, 3].includes(Number(viewType))) throw new Refusal(1770001, 'view_type')
  return { type: Number(type), viewType: Number(viewType) }
}

/** 更新块的内容 · replace_image, replace_file. */
async function updateBlock(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson([], ['replace_image', 'replace_file'])
  return () =>
    editOnce(server, call, body, (document) => {
      const { block: blockId = '' } = call.params
      const token = checkReplacement(server, document.block(blockId), body)
      const [block] = document.show(new Map([[blockId, token]]))
      return { block: blockRow(block as DocxBlock) }
    })
}

/** 批量更新块的内容: at most 200, each block once, all or none. */
async function batchUpdate(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['requests'])
  return () =>
    editOnce(server, call, body, (document) => {
      const requests = Array.isArray(body.requests) ? body.requests : []
      if (requests.length < 1 || requests.length > MAX_BLOCK_UPDATES) throw new Refusal(1770001)
      const tokens = new Map<string, string>()
      for (const request of requests as ({ block_id?: unknown } | null)[]) {
        const blockId = String(request?.block_id)
        if (tokens.has(blockId)) throw new Refusal(1770001, 'a block is there twice')
        tokens.set(blockId, checkReplacement(server, document.block(blockId), request ?? {}))
      }
      return { blocks: document.show(tokens).map(blockRow) }
    })
}

/** 1770013 unless the media was uploaded to that very block, as the kind that the block is. */
function checkReplacement(server: Server, block: DocxBlock, change: object): string {
  const { replace_image: image, replace_file: file } = change as Record<string, unknown>
  const token = (
    (block.type === BLOCK_TYPE.image ? image : file) as { token?: unknown } | undefined
  )?.token
  if (typeof token !== 'string') throw new Refusal(1770001, 'token')
  const wanted = block.type === BLOCK_TYPE.image ? 'docx_image' : 'docx_file'
  const media = server.library.get(token)
  const takesMedia = block.type === BLOCK_TYPE.image || block.type === BLOCK_TYPE.file
  if (!takesMedia || media?.parent !== block.blockId || media.parentType !== wanted) {
    throw new Refusal(1770013)
  }
  return token
}

/** 删除块: the children from start_index to before end_index. */
async function deleteBlocks(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['start_index', 'end_index'])
  return () =>
    editOnce(server, call, body, (document) => {
      const { block: parentId = '' } = call.params
      const { start_index: start, end_index: end } = body
      if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) throw new Refusal(1770001)
      document.removeChildren(parentId, Number(start), Number(end))
      return {}
    })
}

/** An edit of the newest version; once for a client_token. The answer carries the token and the new version. */
function editOnce(
  server: Server,
  call: Call,
  body: unknown,
  work: (document: DocxDocument) => Record<string, unknown>,
): Answer {
  const document = requireDocument(server, call, 'edit')
  server.rate.admitEdit(document.token)
  requireRevision(document, call)
  const clientToken = call.query.get('client_token')
  const content = [call.record.endpoint, call.record.target, body]
  const data = server.repeated.once(clientToken, content, () => {
    const result = work(document)
    return { ...result, document_revision_id: document.revision }
  })
  return success({ ...data, client_token: clientToken || randomUUID() })
}

/**
 * 获取文档所有块: a version up to 1,000 behind the newest is accepted, 1770021 is for older ones.
 * The page does not say that an edit of an old version finds things at their old places;
 * here it meets the document as it is.
 */
function requireRevision(document: DocxDocument, call: Call): void {
  const given = Number(call.query.get('document_revision_id') ?? '-1')
  if (given === -1) return
  const behind = document.revision - given
  if (!Number.isSafeInteger(given) || behind < 0) throw new Refusal(1770001, 'document_revision_id')
  if (behind > MAX_REVISIONS_BEHIND) throw new Refusal(1770021)
}

function requireDocument(server: Server, call: Call, needed: 'view' | 'edit'): DocxDocument {
  const { document: documentId = '' } = call.params
  const document = server.docx.require(documentId)
  if (!server.access.allows(call.identity, documentId, needed)) throw new Refusal(1770032)
  return document
}

function blockRow(block: DocxBlock): Record<string, unknown> {
  const { blockId, type, parentId, children, fileToken, viewType } = block
  const row = { block_id: blockId, block_type: type, parent_id: parentId }
  switch (type) {
    case BLOCK_TYPE.view:
      return { ...row, children, view: { view_type: viewType } }
    case BLOCK_TYPE.image:
      return { ...row, image: { token: fileToken, width: 100, height: 100 } }
    case BLOCK_TYPE.file:
      return { ...row, file: { token: fileToken, name: '', view_type: viewType } }
    case BLOCK_TYPE.text:
      return { ...row, text: { elements: [] } }
    default:
      return { ...row, children, page: { elements: [] } }
  }
}
