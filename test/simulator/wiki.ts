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
}

export class Wiki {
  readonly #nodes = new Map<string, WikiNode>()

  add(node: WikiNode): void {
    this.#nodes.set(node.token, node)
  }

  find(token: string): WikiNode | undefined {
    return this.#nodes.get(token)
  }

  /** The node of a token, or, with `objType`, the node of a document. 131005 when there is none. */
  require(token: string, objType: string): WikiNode {
    const node =
      objType === '' || objType === 'wiki'
        ? this.#nodes.get(token)
        : [...this.#nodes.values()].find(
            (each) => each.objToken === token && each.objType === objType,
          )
    if (node === undefined) throw new Refusal(131005)
    return node
  }
}
