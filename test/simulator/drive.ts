/** The Drive tree: folders, files, and documents that another person made. */
import type { SimulatorClock } from './clock.ts'
import { MAX_CHILDREN, MAX_DEPTH, MAX_NODES, ROOT_FOLDER_TOKEN } from './limits.ts'
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

export interface DriveNode {
  readonly token: string
  readonly name: string
  /** `file`, `folder`, `docx`, `sheet`, `bitable`, … */
  readonly type: string
  readonly parentToken: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** Folders from the root down to this node; the root has 0. */
  readonly depth: number
  /** Order of creation: tells apart nodes of the same millisecond. */
  readonly order: number
}

export interface DriveLimits {
  readonly maxChildren: number
  readonly maxDepth: number
  readonly maxNodes: number
}

export const DOCUMENTED_DRIVE_LIMITS: DriveLimits = {
  maxChildren: MAX_CHILDREN,
  maxDepth: MAX_DEPTH,
  maxNodes: MAX_NODES,
}

export class Drive {
  readonly #clock: SimulatorClock
  readonly #mint: TokenMint
  readonly #limits: DriveLimits
  readonly #nodes = new Map<string, DriveNode>()
  readonly #children = new Map<string, Set<DriveNode>>()
  readonly #removed = new Set<string>()
  readonly #bins = new Map<string, readonly string[]>()
  readonly #owners = new Map<string, string>()
  #order = 0

  constructor(clock: SimulatorClock, mint: TokenMint, limits: DriveLimits) {
    this.#clock = clock
    this.#mint = mint
    this.#limits = limits
    this.#put({ token: ROOT_FOLDER_TOKEN, name: '', type: 'folder', parentToken: '', depth: 0 })
  }

  get(token: string): DriveNode | undefined {
    return this.#nodes.get(token)
  }

  /** The open id of a person whose thing it is. */
  ownerOf(token: string): string | undefined {
    return this.#owners.get(token)
  }

  setOwner(token: string, openId: string): void {
    this.#owners.set(token, openId)
  }

  /** All folders but the root, in order of creation. */
  folders(): DriveNode[] {
    const isShown = ({ type, token }: DriveNode) => type === 'folder' && token !== ROOT_FOLDER_TOKEN
    return [...this.#nodes.values()].filter(isShown)
  }

  isRemoved(token: string): boolean {
    return this.#removed.has(token)
  }

  /** In order of creation. */
  childrenOf(folderToken: string): DriveNode[] {
    return [...(this.#children.get(folderToken) ?? [])]
  }

  /** The folder an upload or a new folder goes to. An empty token is the root. */
  requireParent(token: string): DriveNode {
    if (this.#removed.has(token)) throw new Refusal(1061041)
    const node = this.#nodes.get(token === '' ? ROOT_FOLDER_TOKEN : token)
    if (node === undefined || node.type !== 'folder') throw new Refusal(1061044)
    return node
  }

  /** 云空间概述: refuses when the folder, or the whole Drive, is full. */
  requireRoom(parent: DriveNode): void {
    const siblings = this.#children.get(parent.token)?.size ?? 0
    if (siblings >= this.#limits.maxChildren) throw new Refusal(1062507)
    if (this.#nodes.size > this.#limits.maxNodes) throw new Refusal(1062505)
  }

  /** 新建文件夹: names may repeat; at most 15 levels. */
  createFolder(parentToken: string, name: string): DriveNode {
    const parent = this.requireParent(parentToken)
    if (parent.depth >= this.#limits.maxDepth) throw new Refusal(1062506)
    return this.add(parent.token, name, 'folder', this.#mint.next('fldcn'))
  }

  /** A file with a name that exists already becomes a second file. */
  add(parentToken: string, name: string, type: string, token: string): DriveNode {
    const parent = this.requireParent(parentToken)
    this.requireRoom(parent)
    const depth = parent.depth + 1
    const node = this.#put({ token, name, type, parentToken: parent.token, depth })
    this.#children.get(parent.token)?.add(node)
    return node
  }

  /** A file gets another name, or another content under the same one. */
  rename(token: string, name: string): void {
    const node = this.#nodes.get(token)
    if (node === undefined) return
    const renamed = { ...node, name, modifiedAtMs: this.#clock.nowMs() }
    this.#nodes.set(token, renamed)
    const siblings = this.childrenOf(node.parentToken)
    const changed = siblings.map((each) => (each.token === token ? renamed : each))
    this.#children.set(node.parentToken, new Set(changed))
  }

  /** A file or folder lies in another folder from now on. */
  move(token: string, parentToken: string): void {
    const node = this.#nodes.get(token)
    const parent = this.#nodes.get(parentToken)
    if (node === undefined || parent === undefined) return
    this.#children.get(node.parentToken)?.delete(node)
    const moved = { ...node, parentToken, depth: parent.depth + 1 }
    this.#nodes.set(token, moved)
    this.#children.get(parentToken)?.add(moved)
  }

  /** A document is in a wiki now: no folder has it any more. */
  leave(token: string): void {
    const node = this.#nodes.get(token)
    if (node !== undefined) this.#children.get(node.parentToken)?.delete(node)
  }

  /** Puts a node into the recycle bin of the identity that deletes it. */
  trash(token: string, by: string): void {
    this.#bins.set(by, [...this.binOf(by), ...this.remove(token)])
  }

  /** The tokens in the recycle bin of an identity such as `user:ou_li`. */
  binOf(identityId: string): readonly string[] {
    return this.#bins.get(identityId) ?? []
  }

  /** Checks whether a node is another one, or lies somewhere in it. */
  isBelow(token: string, above: string): boolean {
    for (let at: string | undefined = token; at; at = this.#nodes.get(at)?.parentToken) {
      if (at === above) return true
    }
    return false
  }

  /** Removes a node and all below it, as people do in the Feishu client. Returns the tokens that are gone. */
  remove(token: string): string[] {
    const node = this.#nodes.get(token)
    if (node === undefined || token === ROOT_FOLDER_TOKEN) return []
    const gone = this.childrenOf(token).flatMap((child) => this.remove(child.token))
    this.#nodes.delete(token)
    this.#children.delete(token)
    this.#children.get(node.parentToken)?.delete(node)
    this.#removed.add(token)
    return [...gone, token]
  }

  #put(node: Omit<DriveNode, 'createdAtMs' | 'modifiedAtMs' | 'order'>): DriveNode {
    const nowMs = this.#clock.nowMs()
    const full = { ...node, createdAtMs: nowMs, modifiedAtMs: nowMs, order: this.#order++ }
    this.#nodes.set(full.token, full)
    if (full.type === 'folder') this.#children.set(full.token, new Set())
    return full
  }
}
