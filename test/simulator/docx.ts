/** 文档: documents as trees of blocks. */
import type { Drive } from './drive.ts'
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

/** 块的数据结构 · block_type, as far as it is modelled. */
export const BLOCK_TYPE = { page: 1, text: 2, file: 23, image: 27, view: 33 } as const

export interface DocxBlock {
  readonly blockId: string
  readonly documentId: string
  /** Empty for the page. */
  readonly parentId: string
  readonly type: number
  /** In the order in which they are shown. */
  readonly children: readonly string[]
  /** The media shown in it. */
  readonly fileToken: string
  /** 1 card, 2 preview, 3 inline; of a file's view block. */
  readonly viewType: number
}

export interface NewDocument {
  /** Minted when absent. */
  readonly token?: string
  readonly title?: string
  /** Folder it lies in; the root when absent. */
  readonly parentToken?: string
  /** The number of paragraphs already in it. None when absent. */
  readonly paragraphs?: number
}

interface NewBlock {
  readonly type: number
  readonly viewType?: number
}

type OpenBlock = { -readonly [Key in keyof DocxBlock]: DocxBlock[Key] } & { children: string[] }

export class DocxDocument {
  readonly token: string
  readonly title: string
  readonly #mint: TokenMint
  readonly #blocks = new Map<string, OpenBlock>()
  /** Counts edits. */
  revision = 1

  constructor(token: string, title: string, mint: TokenMint) {
    this.token = token
    this.title = title
    this.#mint = mint
    this.#put({ type: BLOCK_TYPE.page }, '', token)
  }

  /** All blocks but the page itself, in the order in which they are shown. */
  get blocks(): DocxBlock[] {
    return this.#below(this.token)
  }

  get page(): DocxBlock {
    return this.block(this.token)
  }

  find(blockId: string): DocxBlock | undefined {
    return this.#blocks.get(blockId)
  }

  /** 1770002 when there is none. */
  block(blockId: string): OpenBlock {
    const block = this.#blocks.get(blockId)
    if (block === undefined) throw new Refusal(1770002)
    return block
  }

  /** Inserts children at `index` of a block; -1 appends. One edit. Returns the new children. */
  insert(parentId: string, index: number, specs: readonly NewBlock[]): DocxBlock[] {
    const parent = this.block(parentId)
    const at = index === -1 ? parent.children.length : index
    if (at > parent.children.length) throw new Refusal(1770001, 'index')
    const added = specs.map((spec) => this.#make(spec, parentId))
    parent.children.splice(at, 0, ...added.map(({ blockId }) => blockId))
    this.revision++
    return added
  }

  /** Shows media in blocks. One edit. */
  show(tokens: ReadonlyMap<string, string>): DocxBlock[] {
    const blocks = [...tokens].map(([blockId, token]) => {
      const block = this.block(blockId)
      block.fileToken = token
      return block
    })
    this.revision++
    return blocks
  }

  /** Removes the children from `start` to before `end`, with all below them. One edit. */
  removeChildren(parentId: string, start: number, end: number): void {
    const parent = this.block(parentId)
    if (start < 0 || end <= start || end > parent.children.length) {
      throw new Refusal(1770001, 'start_index or end_index')
    }
    for (const blockId of parent.children.splice(start, end - start)) this.#forget(blockId)
    this.revision++
  }

  /** Deletes a block, as a person does in the Feishu client. */
  remove(blockId: string): void {
    const parent = this.block(this.block(blockId).parentId)
    const index = parent.children.indexOf(blockId)
    this.removeChildren(parent.blockId, index, index + 1)
  }

  /** 文档常见问题: a file block is wrapped in a view block, and the view block is what the answer shows. */
  #make(spec: NewBlock, parentId: string): OpenBlock {
    if (spec.type !== BLOCK_TYPE.file) return this.#put(spec, parentId)
    const view = this.#put({ ...spec, type: BLOCK_TYPE.view }, parentId)
    view.children.push(this.#put(spec, view.blockId).blockId)
    return view
  }

  #put({ type, viewType = 1 }: NewBlock, parentId: string, blockId?: string): OpenBlock {
    const block = {
      blockId: blockId ?? this.#mint.next('blk'),
      documentId: this.token,
      parentId,
      type,
      children: [],
      fileToken: '',
      viewType,
    }
    this.#blocks.set(block.blockId, block)
    return block
  }

  #below(blockId: string): DocxBlock[] {
    return this.block(blockId).children.flatMap((id) => [this.block(id), ...this.#below(id)])
  }

  #forget(blockId: string): void {
    for (const child of this.block(blockId).children) this.#forget(child)
    this.#blocks.delete(blockId)
  }
}

export class DocxDocuments {
  readonly #mint: TokenMint
  readonly #drive: Drive
  readonly #documents = new Map<string, DocxDocument>()

  constructor(mint: TokenMint, drive: Drive) {
    this.#mint = mint
    this.#drive = drive
  }

  get all(): DocxDocument[] {
    return [...this.#documents.values()]
  }

  /** Adds a document made in the Feishu client. */
  add(spec: NewDocument = {}): DocxDocument {
    const token = spec.token ?? this.#mint.next('doxcn')
    const document = new DocxDocument(token, spec.title ?? '文档', this.#mint)
    this.#drive.add(spec.parentToken ?? '', document.title, 'docx', token)
    const paragraphs = Array.from({ length: spec.paragraphs ?? 0 }, () => ({
      type: BLOCK_TYPE.text,
    }))
    document.insert(token, -1, paragraphs)
    this.#documents.set(token, document)
    return document
  }

  /** 1770003 when it was deleted, 1770002 when there never was one. */
  require(documentId: string): DocxDocument {
    if (this.#drive.isRemoved(documentId)) throw new Refusal(1770003)
    const document = this.#documents.get(documentId)
    if (document === undefined) throw new Refusal(1770002)
    return document
  }

  /** The document a block belongs to; a document's id is that of its page. */
  ofBlock(blockId: string): DocxDocument | undefined {
    return [...this.#documents.values()].find((document) => document.find(blockId) !== undefined)
  }
}
