/** 知识库: nodes, and what they stand for. */
import { Refusal } from './refusal.ts'

export interface WikiNode {
  readonly token: string
  /** `doc`, `docx`, `sheet`, `mindnote`, `bitable`, `file`, `slides`. */
  readonly objType: string
  readonly objToken: string
  readonly title?: string
  readonly spaceId?: string
  /** 获取知识空间节点信息: a shortcut shows the type and token of what it leads to. */
  readonly shortcut?: boolean
  /** The page that it is below; on top of its space when absent. */
  readonly parentToken?: string
  readonly createdAtMs?: number
}

const DEMO_SPACE = '7000000000000000000'

export class Wiki {
  /** The newer look-up exists, and a page takes files; the pages of the calls know neither. */
  readonly rules = { knowsNodeByToken: true, takesFiles: true }
  readonly #nodes = new Map<string, WikiNode>()
  readonly #removed = new Set<string>()
  readonly #spaces = new Map<string, string>()

  add(node: WikiNode): void {
    this.#nodes.set(node.token, node)
  }

  /** A wiki; one that only has pages is called after its number. */
  addSpace(spaceId: string, name: string): void {
    this.#spaces.set(spaceId, name)
  }

  spaces(): { readonly spaceId: string; readonly name: string }[] {
    const ids = new Set([...this.#spaces.keys(), ...[...this.#nodes.values()].map(spaceOf)])
    return [...ids].map((spaceId) => ({ spaceId, name: this.#spaces.get(spaceId) ?? spaceId }))
  }

  /** All pages. */
  nodes(): WikiNode[] {
    return [...this.#nodes.values()]
  }

  remove(token: string): void {
    this.#nodes.delete(token)
    this.#removed.add(token)
  }

  find(token: string): WikiNode | undefined {
    return this.#nodes.get(token)
  }

  isRemoved(token: string): boolean {
    return this.#removed.has(token)
  }

  /** The node that shows a document. */
  ofDocument(objToken: string, objType?: string): WikiNode | undefined {
    return [...this.#nodes.values()].find(
      (each) => each.objToken === objToken && (objType ?? each.objType) === each.objType,
    )
  }

  /** In the order they were made. */
  childrenOf(spaceId: string, parentToken: string): WikiNode[] {
    return [...this.#nodes.values()].filter(
      (each) => spaceOf(each) === spaceId && (each.parentToken ?? '') === parentToken,
    )
  }

  /** The node of a token, or, with `objType`, the node of a document. 131005 when there is none. */
  require(token: string, objType: string): WikiNode {
    const node =
      objType === '' || objType === 'wiki'
        ? this.#nodes.get(token)
        : this.ofDocument(token, objType)
    if (node === undefined) throw new Refusal(131005)
    return node
  }
}

export function spaceOf({ spaceId }: WikiNode): string {
  return spaceId ?? DEMO_SPACE
}
