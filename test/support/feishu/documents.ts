/** The little of wiki, Base and docx that an upload touches afterwards. */
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

export interface WikiNode {
  readonly token: string
  /** `doc`, `docx`, `sheet`, `mindnote`, `bitable`, `file`, `slides`. */
  readonly objType: string
  readonly objToken: string
  readonly title?: string
  readonly spaceId?: string
}

export interface DocxBlock {
  readonly blockId: string
  readonly documentId: string
  readonly parentId: string
  /** 23 file, 27 image, 33 view. */
  readonly type: number
  readonly children: readonly string[]
  /** The media shown in it. */
  fileToken: string
}

export class Documents {
  readonly #mint: TokenMint
  readonly #wiki = new Map<string, WikiNode>()
  readonly #blocks = new Map<string, DocxBlock>()

  constructor(mint: TokenMint) {
    this.#mint = mint
  }

  addWikiNode(node: WikiNode): void {
    this.#wiki.set(node.token, node)
  }

  /** 获取知识空间节点信息 · 131005 when there is none. */
  wikiNode(token: string): WikiNode {
    const node = this.#wiki.get(token)
    if (node === undefined) throw new Refusal(131005)
    return node
  }

  /** 文档常见问题: a file block is wrapped in a view block, and the view block is what the answer shows. */
  addBlock(documentId: string, parentId: string, type: number): DocxBlock {
    if (type !== 23) return this.#put(documentId, parentId, type, [])
    const viewId = this.#mint.next('blk')
    const file = this.#put(documentId, viewId, 23, [])
    return this.#put(documentId, parentId, 33, [file.blockId], viewId)
  }

  block(documentId: string, blockId: string): DocxBlock {
    const block = this.#blocks.get(blockId)
    if (block === undefined || block.documentId !== documentId) throw new Refusal(1770002)
    return block
  }

  blocks(documentId: string): readonly DocxBlock[] {
    return [...this.#blocks.values()].filter((block) => block.documentId === documentId)
  }

  #put(
    documentId: string,
    parentId: string,
    type: number,
    children: string[],
    blockId = this.#mint.next('blk'),
  ): DocxBlock {
    const block = { blockId, documentId, parentId, type, children, fileToken: '' }
    this.#blocks.set(blockId, block)
    return block
  }
}
