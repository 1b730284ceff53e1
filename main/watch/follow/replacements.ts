/** Counts the files whose older version in Feishu is replaced with what other changes a rule makes there. */
import type { Clock } from '#main/lib/clock.ts'
import type { FollowStep } from '#shared/model/follow.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { FollowStore } from '../ports.ts'
import { splitPath } from '../scan/list-folder.ts'
import { approvedAt, countRecent, isApproved } from './decide.ts'

export interface ReplacementOptions {
  readonly rule: WatchRule
  readonly store: FollowStore
  readonly clock: Clock
  /** Now by Feishu's clock; undefined: it is not known. */
  readonly serverNowMs: () => number | undefined
  /** The number of changes in 24 hours that no person is asked about. */
  readonly limit: () => number
  /** From now on a person is asked. */
  readonly onStop: () => void
}

export class Replacements {
  readonly #options: ReplacementOptions
  /** Those that wait for a person, by path. */
  #held: Map<string, FollowStep> | undefined

  constructor(options: ReplacementOptions) {
    this.#options = options
  }

  /**
   * Checks whether a changed file may go up in place of its older version, and notes that it does. Beyond the
   * limit it waits for a person.
   * @param path below the rule's folder
   */
  mayReplace(path: string): boolean {
    const { rule, store, clock, limit, onStop } = this.#options
    const nowMs = clock.nowMs()
    const serverNowMs = this.#options.serverNowMs() ?? nowMs
    const approvedAtMs = approvedAt(rule, nowMs)
    const held = this.#all.get(path)
    if (held !== undefined) {
      if (!isApproved(held, approvedAtMs)) return false
      store.note(held.id, 'done', { endedAtMs: serverNowMs, error: null })
      this.#all.delete(path)
      return true
    }
    const stop = store.record(rule.id)?.stop ?? null
    const isStopped = stop !== null && stop.atMs > approvedAtMs
    const times = { approvedAtMs, nowMs, serverNowMs }
    const recent = isStopped ? 0 : countRecent(store.steps(rule.id), times)
    const isHeld = isStopped || recent + 1 > limit()
    const id = store.addReplacement(rule.id, path, nowMs, isHeld ? null : serverNowMs)
    if (!isHeld) return true
    if (!isStopped) store.stop(rule.id, { kind: 'limit', atMs: nowMs, paths: [] })
    this.#all.set(path, newStep(id, path, nowMs))
    onStop()
    return false
  }

  /** Files that wait no longer, because they are as they were: no person need be asked about them. */
  keepOnly(waiting: ReadonlySet<string>): number[] {
    const over = [...this.#all].filter(([path]) => !waiting.has(path))
    for (const [path] of over) this.#all.delete(path)
    return over.map(([, { id }]) => id)
  }

  get #all(): Map<string, FollowStep> {
    const { store, rule } = this.#options
    this.#held ??= new Map(
      store
        .steps(rule.id)
        .filter(({ kind, state }) => kind === 'replace' && state === 'planned')
        .map((step) => [step.path, step]),
    )
    return this.#held
  }
}

function newStep(id: number, path: string, plannedAtMs: number): FollowStep {
  const { name } = splitPath(path)
  return {
    ...{ id, kind: 'replace', path, fileToken: null, from: { folders: [], name }, to: null },
    ...{ plannedAtMs, dueAtMs: plannedAtMs, state: 'planned', endedAtMs: null, error: null },
  }
}
