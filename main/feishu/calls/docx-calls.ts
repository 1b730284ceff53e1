/** The calls that put media into a document, a block at a time. */
import { z } from 'zod'
import type { ChildBlock, DocxApi } from '#main/destination/document-api.ts'
import { emptyAnswer, identifier, pageAnswer } from '../http/answers.ts'
import type { MakeCall } from '../http/call.ts'
import { describing } from './describe.ts'

const DOCUMENT = 'docx/v1/documents/:document_id'
const BLOCK = `${DOCUMENT}/blocks/:block_id`
const CHILDREN = `${BLOCK}/children`
const PAGE_SIZE = '500'

/** 创建块 · block_type: 27 image, 23 file. Empty at first: the media is uploaded to the block. */
const NEW_BLOCK = {
  image: { block_type: 27, image: {} },
  file: { block_type: 23, file: { token: '' } },
} as const

const createdBlocks = z
  .object({
    children: z.tuple(
      [z.object({ block_id: identifier, children: z.array(identifier).nullish() })],
      z.unknown(),
    ),
  })
  .transform(({ children: [block] }) => ({ block }))

const media = z.object({ token: z.string().nullish() }).nullish()

const childBlock = z
  .object({
    block_id: identifier,
    children: z.array(identifier).nullish(),
    image: media,
    file: media,
  })
  .transform(({ block_id: id, children, image, file }): ChildBlock => {
    const fileToken = image?.token || file?.token
    return { id, isParent: (children ?? []).length > 0, ...(fileToken && { fileToken }) }
  })

export function docxCalls(call: MakeCall): DocxApi {
  const { repeatable, once } = describing(call)
  return {
    document: repeatable(`GET ${DOCUMENT}`, 5, ({ documentId }) => ({
      params: { document_id: documentId },
      schema: z
        .object({ document: z.object({ title: z.string(), revision_id: z.int() }) })
        .transform(({ document: { title, revision_id: revision } }) => ({ title, revision })),
    })),
    createMediaBlock: repeatable(`POST ${CHILDREN}`, 3, ({ documentId, shows, clientToken }) => ({
      params: { document_id: documentId, block_id: documentId },
      query: { document_revision_id: '-1', client_token: clientToken },
      json: { children: [NEW_BLOCK[shows]], index: -1 },
      schema: createdBlocks.transform(({ block }) => {
        // 文档常见问题: a file comes wrapped in a view block, and the media belongs to the inner one.
        const mediaBlockId = shows === 'file' ? block.children?.[0] : undefined
        return { id: block.block_id, mediaBlockId: mediaBlockId ?? block.block_id }
      }),
    })),
    showMedia: repeatable(`PATCH ${BLOCK}`, 3, ({ documentId, blockId, shows, fileToken }) => ({
      params: { document_id: documentId, block_id: blockId },
      query: { document_revision_id: '-1' },
      json: { [shows === 'image' ? 'replace_image' : 'replace_file']: { token: fileToken } },
      schema: emptyAnswer,
    })),
    children: repeatable(`GET ${CHILDREN}`, 5, ({ documentId, blockId, revision, pageToken }) => ({
      params: { document_id: documentId, block_id: blockId },
      query: {
        document_revision_id: String(revision),
        page_size: PAGE_SIZE,
        page_token: pageToken,
      },
      schema: pageAnswer(childBlock),
    })),
    deleteChild: once(`DELETE ${CHILDREN}/batch_delete`, 3, ({ documentId, revision, index }) => ({
      params: { document_id: documentId, block_id: documentId },
      query: { document_revision_id: String(revision) },
      json: { start_index: index, end_index: index + 1 },
      schema: emptyAnswer,
    })),
  }
}
