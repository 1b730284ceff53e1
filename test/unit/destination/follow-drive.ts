/** Drive in memory, for the steps of rules that follow; each of its calls may go wrong on request. */
import type { DocumentCalls } from '#main/destination/document-calls.ts'
import { type FolderCalls, OutcomeUnknown, type RemoteFile } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

interface Node {
  token: string
  name: string
  type: 'file' | 'folder'
  parent: string
  owner: string
  modifiedAtMs: number
}

/** The fate of a call: its answer is lost after or without effect, or the process ends there. */
export type Mishap = 'lost' | 'lost-without-effect' | 'killed' | 'killed-after'

/** The end of the process, as far as a test is concerned. */
export class Killed extends Error {}

export class FollowDrive {
  readonly nodes = new Map<string, Node>()
  readonly bin: Node[] = []
  /** Every change that a call of ours has made, and to whose file. */
  readonly changes: string[] = []
  /** By the number of the call, from 0 on. */
  readonly mishaps = new Map<number, Mishap>()
  /** Refusals by the name of the call. */
  readonly refusals = new Map<string, number>()
  calls = 0
  /** Listings that were answered: each tells Feishu's time. */
  looks = 0
  nowMs = 1_000_000
  #made = 0
  #isMute = false
  readonly #tasks = new Map<string, () => void>()

  add(parent: string, name: string, more: Partial<Node> = {}): string {
    const token = more.token ?? `${more.type ?? 'file'}${++this.#made}`
    const node: Node = {
      token,
      name,
      type: 'file',
      parent,
      owner: 'ou_li',
      modifiedAtMs: this.nowMs,
    }
    this.nodes.set(token, { ...node, ...more })
    return token
  }

  /** A colleague changes something about a node. */
  touch(token: string, change: Partial<Node>): void {
    const node = this.nodes.get(token)
    if (node !== undefined) Object.assign(node, change)
  }

  /** No listing is answered until that ends. */
  mute(): { end(): void } {
    this.#isMute = true
    return {
      end: () => {
        this.#isMute = false
      },
    }
  }

  pathOf(token: string): string | undefined {
    const node = this.nodes.get(token)
    if (node === undefined) return undefined
    const above = this.pathOf(node.parent)
    return above === undefined ? node.name : `${above}/${node.name}`
  }

  readonly folderCalls: FolderCalls = {
    listFolder: async (folderToken) => {
      if (this.#isMute) throw new TransferError('connection-lost')
      this.looks += 1
      return [...this.nodes.values()].filter(({ parent }) => parent === folderToken).map(rowOf)
    },
    createFolder: (parent, name) =>
      this.#call('create', () => ({ token: this.add(parent, name, { type: 'folder' }) })),
  }

  /** As far as steps use them. */
  readonly documentCalls = {
    moveThing: ({ token, type, folderToken }) =>
      this.#call('move', () => {
        const work = () => this.#change(token, 'move', { parent: folderToken })
        if (type === 'file') return work()
        const taskId = `task${++this.#made}`
        this.#tasks.set(taskId, work)
        return { taskId }
      }),
    renameThing: ({ token, name }) =>
      this.#call('rename', () => void this.#change(token, 'rename', { name })),
    trashFile: ({ token }) =>
      this.#call('trash', () => {
        const node = this.nodes.get(token)
        if (node === undefined) throw new TransferError(1061007)
        this.changes.push(`trash ${node.owner} ${node.name}`)
        this.nodes.delete(token)
        this.bin.push(node)
        return {}
      }),
    taskStatus: async ({ taskId }) => {
      this.#tasks.get(taskId)?.()
      this.#tasks.delete(taskId)
      return 'done'
    },
  } as Partial<DocumentCalls> as DocumentCalls

  async #call<T>(name: string, work: () => T): Promise<T> {
    const mishap = this.mishaps.get(this.calls++)
    if (mishap === 'killed') throw new Killed()
    const refusal = this.refusals.get(name)
    if (refusal !== undefined) throw new TransferError(refusal, { httpStatus: 400 })
    if (mishap === 'lost-without-effect') throw lost()
    const answer = work()
    if (mishap === 'killed-after') throw new Killed()
    if (mishap === 'lost') throw lost()
    return answer
  }

  #change(token: string, what: string, change: Partial<Node>): object {
    const node = this.nodes.get(token)
    if (node === undefined) throw new TransferError(1061003)
    this.changes.push(`${what} ${node.owner} ${node.name}`)
    Object.assign(node, change)
    return {}
  }
}

function rowOf({ token, name, type, owner, modifiedAtMs }: Node): RemoteFile {
  return { token, name, type, ownerId: owner, modifiedAtMs }
}

function lost(): OutcomeUnknown {
  return new OutcomeUnknown(new TransferError('connection-lost'))
}
