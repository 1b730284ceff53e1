/** A folder, its files in Feishu and a colleague's beside them, as far as following is about them. */
import { decide, hasRoom, limitOf } from '#main/watch/follow/decide.ts'
import type {
  Decision,
  FollowState,
  FollowView,
  KnownCopy,
  SeenFile,
} from '#main/watch/follow/view.ts'
import {
  type FollowStep,
  type FollowStop,
  type RemotePlace,
  TRASH_WAIT_MS,
} from '#shared/model/follow.ts'

interface RemoteNode {
  place: RemotePlace
  readonly isOurs: boolean
  isTrashed: boolean
}

export const HOUR_MS = 3_600_000

export class FollowModel {
  readonly local = new Map<string, string>()
  readonly seen = new Map<string, SeenFile>()
  readonly remote = new Map<string, RemoteNode>()
  /** Older versions of files that were made again at their path: those stay, as without following. */
  readonly earlier = new Set<string>()
  /** Folders that Feidi made, by their path. */
  readonly made = new Set<string>()
  copies: KnownCopy[] = []
  steps: FollowStep[] = []
  stop: FollowStop | null = null
  nowMs = 1_000_000_000_000
  approvedAtMs = 0
  sinceMs = 0
  mayTrash = true
  /** When calls were made that no person had agreed to. */
  readonly unasked: number[] = []
  #number = 0

  /** A file is new here and goes up. */
  add(path: string): string {
    const token = `t${++this.#number}`
    const folders = foldersOf(path)
    this.local.set(path, token)
    this.seen.set(path, { hash: token })
    for (let depth = 1; depth <= folders.length; depth++) this.#make(folders.slice(0, depth))
    const place = { folders, name: nameOf(path) }
    this.#outdate(path, place)
    this.remote.set(token, { place, isOurs: true, isTrashed: false })
    this.copies.push({ path, place, token, landedAtMs: this.nowMs, hash: token, isOurs: true })
    return token
  }

  /** A colleague puts a file into a folder in Feishu. */
  addOthers(folders: readonly string[], name: string): void {
    const place = { folders, name }
    this.remote.set(`x${++this.#number}`, { place, isOurs: false, isTrashed: false })
  }

  move(from: string, to: string): void {
    const token = this.local.get(from)
    if (token === undefined || this.local.has(to)) return
    this.local.delete(from)
    this.local.set(to, token)
    this.seen.delete(from)
    this.seen.set(to, { hash: token })
    const shared = this.copies
      .filter(({ path }) => path === from)
      .map((copy) => ({ ...copy, path: to }))
    for (const { place } of shared) this.#outdate(to, place)
    this.copies = [...this.copies, ...shared]
  }

  delete(path: string): void {
    if (this.local.delete(path)) this.seen.set(path, { goneAtMs: this.nowMs })
  }

  /** The file of before is back, with its content. */
  restore(path: string): void {
    const copy = this.copies.findLast((each) => each.path === path)
    if (copy === undefined || typeof this.seen.get(path) !== 'object') return
    this.local.set(path, copy.token)
    this.seen.set(path, { hash: copy.token })
  }

  get view(): FollowView {
    const folders = new Set([...this.local.keys()].flatMap((path) => above(foldersOf(path))))
    return {
      copies: this.copies,
      fileAt: (path) => this.seen.get(path),
      foldersFor: (path) => [foldersOf(path)],
      nameFor: nameOf,
      hasLocalFolder: (path) => folders.has(path.join('/')),
      knowsFolder: (path) => this.made.has(path.join('/')),
      madeFolder: (path) => this.made.has(path.join('/')),
      mayTrash: this.mayTrash,
    }
  }

  get state(): FollowState {
    const { steps, stop, sinceMs, approvedAtMs, nowMs } = this
    return { steps, stop, sinceMs, approvedAtMs, nowMs, serverNowMs: nowMs }
  }

  /** One look, and what is due after it. */
  pass(): Decision {
    const decision = decide(this.view, this.state)
    this.stop = decision.stop
    this.steps = this.steps.filter(({ id }) => !decision.drop.includes(id))
    for (const step of decision.add) {
      const id = ++this.#number
      const dueAtMs = step.dueAtMs ?? this.nowMs + TRASH_WAIT_MS
      this.steps.push({ ...step, dueAtMs, id, state: 'planned', endedAtMs: null, error: null })
    }
    for (const step of this.steps.filter(({ state }) => state === 'planned')) this.#take(step)
    return decision
  }

  stepsOf(kind: FollowStep['kind'], state: FollowStep['state'] = 'planned'): FollowStep[] {
    return this.steps.filter((step) => step.kind === kind && step.state === state)
  }

  /** The places of Feidi's own files, as paths. */
  get ours(): Record<string, string> {
    const there = [...this.remote].filter(
      ([token, node]) => node.isOurs && !node.isTrashed && !this.earlier.has(token),
    )
    return Object.fromEntries(there.map(([token, { place }]) => [token, pathTo(place)]))
  }

  get others(): string[] {
    const there = [...this.remote.values()].filter(({ isOurs, isTrashed }) => !isOurs && !isTrashed)
    return there.map(({ place }) => pathTo(place)).sort()
  }

  /** Does as the executor does, without anything that can go wrong. */
  #take(step: FollowStep): void {
    const { stop, nowMs, approvedAtMs } = this
    if (stop !== null || (step.dueAtMs ?? nowMs) > nowMs) return
    if (!hasRoom(this.steps, limitOf(this.view), { approvedAtMs, nowMs })) {
      this.stop = { kind: 'limit', atMs: nowMs, paths: [] }
      return
    }
    const state = step.kind === 'folder' && this.#isUsedByOthers(step) ? 'split' : 'done'
    if (state === 'done') this.#call(step)
    this.steps = this.steps.map((each) =>
      each.id === step.id ? { ...each, state, endedAtMs: nowMs } : each,
    )
  }

  #call({ kind, fileToken, from, to, plannedAtMs }: FollowStep): void {
    if (plannedAtMs > this.approvedAtMs) this.unasked.push(this.nowMs)
    if (kind === 'folder' && to !== null) {
      this.#moveFolder(pathTo(from), pathTo(to))
      return
    }
    const node = this.remote.get(fileToken ?? '')
    if (node === undefined) throw new Error('no such file')
    if (to === null) {
      node.isTrashed = true
      this.copies = this.copies.filter(({ token }) => token !== fileToken)
      return
    }
    node.place = to
    for (let depth = 1; depth <= to.folders.length; depth++) this.#make(to.folders.slice(0, depth))
    this.copies = this.copies
      .filter(({ token, path }) => token !== fileToken || this.local.has(path))
      .map((copy) => (copy.token === fileToken ? { ...copy, place: to } : copy))
  }

  /** Another file takes a path: of the copies in one folder, only the newest is known. */
  #outdate(path: string, place: RemotePlace): void {
    const before = this.copies.filter((copy) => copy.path === path)
    const held = new Set(this.local.values())
    for (const copy of before) if (!held.has(copy.token)) this.earlier.add(copy.token)
    this.copies = this.copies.filter((copy) => !(before.includes(copy) && isAt(copy.place, place)))
  }

  #isUsedByOthers({ from }: FollowStep): boolean {
    const inside = `${pathTo(from)}/`
    return this.others.some((path) => path.startsWith(inside))
  }

  #moveFolder(from: string, to: string): void {
    const moved = (place: RemotePlace): RemotePlace => {
      const folders = place.folders.join('/')
      const isInside = folders === from || folders.startsWith(`${from}/`)
      return isInside ? { ...place, folders: (to + folders.slice(from.length)).split('/') } : place
    }
    for (const node of this.remote.values()) node.place = moved(node.place)
    this.copies = this.copies.map((copy) => ({ ...copy, place: moved(copy.place) }))
    for (const folder of [...this.made]) {
      if (folder !== from && !folder.startsWith(`${from}/`)) continue
      this.made.delete(folder)
      this.made.add(to + folder.slice(from.length))
    }
  }

  #make(folders: readonly string[]): void {
    this.made.add(folders.join('/'))
  }
}

function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1)
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}

function isAt(one: RemotePlace, other: RemotePlace): boolean {
  return one.folders.join('/') === other.folders.join('/')
}

function above(folders: readonly string[]): string[] {
  return folders.map((_, at) => folders.slice(0, at + 1).join('/'))
}

function pathTo({ folders, name }: RemotePlace): string {
  return [...folders, name].join('/')
}
