import type { Clock } from '#main/lib/clock.ts'
import type { FileIndex, Standing } from '#main/watch/ports.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

type Counts = Readonly<Record<Standing, number>>

interface Kept {
  readonly counts: Counts
  /** Not counted again before. */
  readonly restUntilMs: number
}

const LEAST_REST_MS = 1_000
/** Counting takes at most this share of the time, however many files there are. */
const COUNTING_SHARE = 1 / 50

/** The number of each rule's files by standing; counted again after a change, but not too often. */
export class RuleCounts {
  readonly #index: Pick<FileIndex, 'counts'>
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()
  readonly #changed = new Set<string>()

  constructor(index: Pick<FileIndex, 'counts'>, clock: Clock) {
    this.#index = index
    this.#clock = clock
  }

  changed(ruleId: string): void {
    this.#changed.add(ruleId)
  }

  of({ id, folder, destination }: WatchRule): Counts {
    const kept = this.#kept.get(id)
    const nowMs = this.#clock.steadyMs()
    if (kept !== undefined && !(this.#changed.has(id) && nowMs >= kept.restUntilMs)) {
      return kept.counts
    }
    const startedAtMs = performance.now()
    const counts = this.#index.counts(folder, destination)
    const restMs = Math.max(LEAST_REST_MS, (performance.now() - startedAtMs) / COUNTING_SHARE)
    this.#changed.delete(id)
    this.#kept.set(id, { counts, restUntilMs: nowMs + restMs })
    return counts
  }

  /** Rules may have moved to other folders: what was counted there does not hold any more. */
  keepOnly(rules: readonly WatchRule[]): void {
    this.#kept.clear()
    const ids = new Set(rules.map(({ id }) => id))
    for (const id of this.#changed) if (!ids.has(id)) this.#changed.delete(id)
  }
}
