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

export interface BaseRecord {
  readonly recordId: string
  readonly fields: Readonly<Record<string, unknown>>
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
  readonly #missing = new Set<string>()
  readonly #wiki = new Map<string, WikiNode>()
  readonly #records = new Map<string, BaseRecord[]>()
  readonly #blocks = new Map<string, DocxBlock>()
  /** Answers to calls that carried a client_token. */
  readonly #answers = new Map<string, unknown>()

  constructor(mint: TokenMint) {
    this.#mint = mint
  }

  /** From now on there is no such document, Base, block or calendar. */
  markMissing(token: string): void {
    this.#missing.add(token)
  }

  isMissing(token: string): boolean {
    return this.#missing.has(token)
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

  /** Runs `work` once per client token and repeats its answer afterwards. */
  once<T>(clientToken: string | null, work: () => T): T {
    if (clientToken === null || clientToken === '') return work()
    if (!this.#answers.has(clientToken)) this.#answers.set(clientToken, work())
    return this.#answers.get(clientToken) as T
  }

  addRecord(appToken: string, tableId: string, fields: Record<string, unknown>): BaseRecord {
    const record = { recordId: this.#mint.next('rec'), fields }
    const key = `${appToken}/${tableId}`
    this.#records.set(key, [...this.records(appToken, tableId), record])
    return record
  }

  records(appToken: string, tableId: string): readonly BaseRecord[] {
    return this.#records.get(`${appToken}/${tableId}`) ?? []
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
