/** The day on which each file of a queue is to go, by the plan and the order in which files begin. */
import type { QueueAmounts } from '#main/store/amount-reads.ts'
import type { QueuePlace } from '#main/store/queue-places.ts'
import type { Planned } from '#shared/contract/value-schemas.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { SINGLE_CALL_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import type { QueuePlan } from '#shared/transfer/plan-queue.ts'
import { RUNNING } from '#shared/transfer/state-kinds.ts'

/** Days told apart. Files of any later day have the last of these "or later". */
const MOST_DAYS = 7
/** Finding the ends of the days costs some 30 ms with 100,000 files; the plan changes slowly. */
const KEPT_MS = 5_000

type Amounts = Pick<QueueAmounts, 'tallies' | 'begun' | 'placeOf' | 'wholeAfter' | 'partsAfter'>
type Waiting = Pick<Transfer, 'id' | 'sizeBytes' | 'state'>

interface Outlook {
  readonly plan: QueuePlan
  /** The quota of the month is used up until then. */
  readonly notBeforeMs: number | undefined
}

/**
 * Returns the day of a file that waits in the queue, or undefined: it goes today, it was begun, or it does not wait.
 * Files that need the same kind of call go in the queue's order, so that a day ends at a place in it.
 */
export function plannedDays(
  { plan: { days }, notBeforeMs }: Outlook,
  amounts: Amounts,
): (file: Waiting) => Planned | undefined {
  const told = days.slice(0, MOST_DAYS)
  if (told.length < 2) return () => undefined
  const ends = told.slice(0, -1)
  const wholeEnds = endsOfWhole(ends, amounts)
  const partsEnds = amounts.partsAfter(
    sums(ends.map(({ parts }) => parts)).map(minusBegun(amounts)),
  )
  return ({ id, sizeBytes, state }) => {
    if (!waitsForCalls(state)) return undefined
    const place = amounts.placeOf(id)
    if (place === undefined) return undefined
    const kind = sizeBytes <= SINGLE_CALL_LIMIT_BYTES ? 'whole' : 'parts'
    const passed = kind === 'whole' ? wholeEnds : partsEnds
    const day = passed.filter((end) => !isBefore(place, end)).length
    const before = told[day - 1]
    const on = told[day]
    if (before === undefined || on === undefined) return undefined
    const isMonth = notBeforeMs !== undefined && before.fromMs < notBeforeMs
    return {
      fromMs: Math.max(on.fromMs, notBeforeMs ?? 0),
      because: isMonth ? 'month' : (before.limits[kind] ?? 'time'),
      orLater: days.length > told.length && on === told.at(-1),
    }
  }
}

/** The days of the files in a queue that changes; reckoned again now and then, and only when a file is asked about. */
export class QueueDays {
  readonly #outlook: () => Outlook
  readonly #amounts: Amounts
  readonly #steadyMs: () => number
  #known: { readonly of: ReturnType<typeof plannedDays>; readonly atMs: number } | undefined

  constructor(outlook: () => Outlook, amounts: Amounts, steadyMs: () => number) {
    this.#outlook = outlook
    this.#amounts = amounts
    this.#steadyMs = steadyMs
  }

  of(file: Waiting): Planned | undefined {
    if (!waitsForCalls(file.state)) return undefined
    const nowMs = this.#steadyMs()
    if (this.#known === undefined || nowMs - this.#known.atMs > KEPT_MS) {
      this.#known = { of: plannedDays(this.#outlook(), this.#amounts), atMs: nowMs }
    }
    return this.#known.of(file)
  }

  /** Any file may have another day now. */
  forget(): void {
    this.#known = undefined
  }
}

/** The first files in one call of each later day; what is at work comes before all that waits. */
function endsOfWhole(days: readonly { wholeFiles: number }[], amounts: Amounts): QueuePlace[] {
  const atWork = amounts
    .tallies()
    .filter(({ kind }) => RUNNING.includes(kind))
    .reduce((sum, { transfers, large }) => sum + transfers - large, 0)
  const ends: QueuePlace[] = []
  let from: QueuePlace | undefined
  let beside = atWork
  for (const { wholeFiles } of days) {
    const waiting = Math.max(0, wholeFiles - beside)
    beside = Math.max(0, beside - wholeFiles)
    const end = amounts.wholeAfter(waiting, from)
    if (end === undefined) break
    ends.push(end)
    from = end
  }
  return ends
}

/** Parts of uploads that were begun go before all others. */
function minusBegun(amounts: Amounts): (parts: number) => number {
  const begun = amounts.begun().reduce((sum, { missingParts }) => sum + missingParts, 0)
  return (parts) => Math.max(0, parts - begun)
}

function sums(amounts: readonly number[]): number[] {
  let sum = 0
  return amounts.map((amount) => {
    sum += amount
    return sum
  })
}

function isBefore(a: QueuePlace, b: QueuePlace): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.key < b.key)
}

/** A file that waits for the network, or for its content to settle, tells that instead. */
function waitsForCalls(state: Transfer['state']): boolean {
  return state.kind === 'queued' || (state.kind === 'waiting' && state.reason === 'quota')
}
