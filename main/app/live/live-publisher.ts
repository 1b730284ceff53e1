import type { Clock } from '#main/lib/clock.ts'
import {
  type LiveEvent,
  type LivePatch,
  type LiveState,
  MOST_PATCH_ROWS,
  PATCH_EVERY_MS,
} from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { RUNNING } from '#shared/transfer/state-kinds.ts'

export interface LiveSource {
  /** Returns all that a page is told, as it is now. */
  state(revision: number): LiveState
  /** Undefined when there is no such transfer (any more). */
  row(id: string): TransferRow | undefined
}

export type LiveListener = (event: LiveEvent) => void

/** While bytes move, speed and times change even if nothing else does. */
const TICK_MS = 1_000

/**
 * Tells any number of pages what changes: a snapshot to each newcomer, then the same numbered patches to
 * all of them, at most ten a second. A patch is the difference to what was told last, so whatever
 * happens between two of them is told once.
 */
export class LivePublisher {
  readonly #source: LiveSource
  readonly #clock: Clock
  readonly #listeners = new Set<LiveListener>()
  readonly #touched = new Set<string>()
  #told: { seq: number; state: LiveState } | undefined
  #seq = 0
  #revision = 0
  #lastPatchAtMs = Number.NEGATIVE_INFINITY
  #timer: AbortController | undefined
  #timerAtMs = Number.POSITIVE_INFINITY

  constructor(source: LiveSource, clock: Clock) {
    this.#source = source
    this.#clock = clock
  }

  get revision(): number {
    return this.#revision
  }

  /** @returns ends the subscription */
  subscribe(listener: LiveListener): () => void {
    // The state told last plus the patches to come is what the others know, too.
    this.#told ??= { seq: this.#seq, state: this.#source.state(this.#revision) }
    this.#listeners.add(listener)
    listener({ kind: 'snapshot', seq: this.#seq, state: this.#told.state })
    this.#schedule(TICK_MS)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#rest()
    }
  }

  /** Notes that this transfer has changed; its place in lists has not. */
  touch(id: string): void {
    if (this.#listeners.size === 0) return
    this.#touched.add(id)
    this.#schedule(0)
  }

  /** Rows were added, have moved, or have another state. */
  reorder(...ids: readonly string[]): void {
    this.#revision += 1
    for (const id of ids) this.touch(id)
    this.changed()
  }

  /** Notes any other change. */
  changed(): void {
    if (this.#listeners.size > 0) this.#schedule(0)
  }

  close(): void {
    this.#listeners.clear()
    this.#rest()
  }

  #rest(): void {
    this.#timer?.abort()
    this.#timer = undefined
    this.#timerAtMs = Number.POSITIVE_INFINITY
    this.#told = undefined
    this.#touched.clear()
  }

  #schedule(inMs: number): void {
    const nowMs = this.#clock.steadyMs()
    const atMs = Math.max(nowMs + inMs, this.#lastPatchAtMs + PATCH_EVERY_MS)
    if (this.#timer !== undefined && this.#timerAtMs <= atMs) return
    this.#timer?.abort()
    const timer = new AbortController()
    this.#timer = timer
    this.#timerAtMs = atMs
    this.#clock.sleep(this.#timerAtMs - nowMs, timer.signal).then(
      () => this.#publish(),
      () => {}, // Replaced by an earlier one.
    )
  }

  #publish(): void {
    this.#timer = undefined
    this.#timerAtMs = Number.POSITIVE_INFINITY
    if (this.#told === undefined) return
    const rows = this.#changedRows(this.#told.state)
    const state = this.#source.state(this.#revision)
    const patch = difference(this.#told.state, state, rows)
    if (patch !== undefined) {
      this.#seq += 1
      this.#told = { seq: this.#seq, state }
      this.#lastPatchAtMs = this.#clock.steadyMs()
      for (const listener of this.#listeners) listener({ kind: 'patch', seq: this.#seq, patch })
    }
    this.#schedule(TICK_MS)
  }

  /** Those at work, now or when last told, leading: they are never left out. */
  #changedRows(told: LiveState): TransferRow[] {
    const rows = [...this.#touched].flatMap((id) => this.#source.row(id) ?? gone(told.rows[id]))
    this.#touched.clear()
    rows.sort((a, b) => Number(isShown(b, told)) - Number(isShown(a, told)))
    if (rows.length > MOST_PATCH_ROWS) this.#revision += 1
    return rows.slice(0, MOST_PATCH_ROWS)
  }
}

/** A row that pages know and that is no more: to them it is over. */
function gone(row: TransferRow | undefined): TransferRow[] {
  return row === undefined ? [] : [{ ...row, state: { kind: 'cancelled' } }]
}

function isShown(row: TransferRow, told: LiveState): boolean {
  return RUNNING.includes(row.state.kind) || Object.hasOwn(told.rows, row.id)
}

/** Returns what has to be told; undefined when nothing has changed. */
function difference(
  before: LiveState,
  now: LiveState,
  touched: readonly TransferRow[],
): LivePatch | undefined {
  const rows = new Map(touched.map((row) => [row.id, row]))
  // Speeds fall without anything happening to their transfers.
  for (const row of Object.values(now.rows)) {
    if (!same(before.rows[row.id], row)) rows.set(row.id, row)
  }
  const patch: LivePatch = {
    ...(!same(before.counts, now.counts) && { counts: now.counts }),
    ...(!same(before.overall, now.overall) && { overall: now.overall }),
    ...(!same(before.groups, now.groups) && { groups: now.groups }),
    ...(!same(before.failures, now.failures) && { failures: now.failures }),
    ...(!same(before.engine, now.engine) && { engine: now.engine }),
    ...(!same(before.waiting, now.waiting) && { waiting: now.waiting }),
    ...(!same(before.adding, now.adding) && { adding: now.adding }),
    ...(!same(before.added, now.added) && { added: now.added }),
    ...(!same(before.bulk, now.bulk) && { bulk: now.bulk }),
    ...(before.callsLeft !== now.callsLeft && { callsLeft: now.callsLeft }),
    ...(!same(before.offered, now.offered) && { offered: now.offered }),
    ...(!same(before.accounts, now.accounts) && { accounts: now.accounts }),
    ...(!same(before.rules, now.rules) && { rules: now.rules }),
    ...(before.revision !== now.revision && { revision: now.revision }),
    ...(rows.size > 0 && { rows: [...rows.values()] }),
  }
  return Object.keys(patch).length > 0 ? patch : undefined
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
