/** The day on which each file of a queue is to go, by the plan and the order in which files begin. */
import type { QueueAmounts } from '#main/store/amount-reads.ts'
import { comparePlaces, type LargeFile, type QueuePlace } from '#main/store/queue-places.ts'
import type { Planned } from '#shared/contract/value-schemas.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { SINGLE_CALL_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import type { QueuePlan } from '#shared/transfer/plan-queue.ts'
import { RUNNING } from '#shared/transfer/state-kinds.ts'

/** Days told apart. Files of any later day have the last of these "or later". */
const MOST_DAYS = 7
/** The plan changes slowly. */
const KEPT_MS = 5_000
/** Finding the ends of the days may take so large a part of the time: some 20 ms with 100,000 files. */
const MOST_OF_TIME = 0.02

type Amounts = Pick<QueueAmounts, 'tallies' | 'begun' | 'placeOf' | 'placeAfter' | 'largeFiles'>
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
  const large = amounts.largeFiles()
  const wholeEnds = endsOfWhole(ends, amounts, large)
  const partsEnds = endsOfParts(ends, amounts, large)
  return ({ id, sizeBytes, state }) => {
    if (!waitsForCalls(state)) return undefined
    const place = amounts.placeOf(id)
    if (place === undefined) return undefined
    const kind = sizeBytes <= SINGLE_CALL_LIMIT_BYTES ? 'whole' : 'parts'
    const passed = kind === 'whole' ? wholeEnds : partsEnds
    const day = passed.filter((end) => comparePlaces(place, end) >= 0).length
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
  #known: { readonly of: ReturnType<typeof plannedDays>; readonly untilMs: number } | undefined

  constructor(outlook: () => Outlook, amounts: Amounts, steadyMs: () => number) {
    this.#outlook = outlook
    this.#amounts = amounts
    this.#steadyMs = steadyMs
  }

  of(file: Waiting): Planned | undefined {
    if (!waitsForCalls(file.state)) return undefined
    const nowMs = this.#steadyMs()
    if (this.#known === undefined || nowMs > this.#known.untilMs) {
      const of = plannedDays(this.#outlook(), this.#amounts)
      const tookMs = this.#steadyMs() - nowMs
      this.#known = { of, untilMs: nowMs + Math.max(KEPT_MS, tookMs / MOST_OF_TIME) }
    }
    return this.#known.of(file)
  }

  /** Any file may have another day now. */
  forget(): void {
    this.#known = undefined
  }
}

/** The first files in one call of each later day; what is at work comes before all that waits. */
function endsOfWhole(
  days: readonly { wholeFiles: number }[],
  amounts: Amounts,
  large: readonly LargeFile[],
): QueuePlace[] {
  let beside = amounts
    .tallies()
    .filter(({ kind }) => RUNNING.includes(kind))
    .reduce((sum, tally) => sum + tally.transfers - tally.large, 0)
  const ends: QueuePlace[] = []
  for (const { wholeFiles } of days) {
    const waiting = Math.max(0, wholeFiles - beside)
    beside = Math.max(0, beside - wholeFiles)
    const end = wholeAfter(waiting, ends.at(-1), amounts, large)
    if (end === undefined) break
    ends.push(end)
  }
  return ends
}

/** The file in one call that follows after so many: the large ones between are skipped, which may bring more of them. */
function wholeAfter(
  files: number,
  from: QueuePlace | undefined,
  amounts: Amounts,
  large: readonly LargeFile[],
): QueuePlace | undefined {
  const ahead = large.filter((each) => from === undefined || comparePlaces(each, from) >= 0)
  let skipped = 0
  let place = amounts.placeAfter(files, from)
  while (place !== undefined) {
    const until = place
    const between = ahead.filter((each) => comparePlaces(each, until) <= 0).length
    if (between === skipped) return place
    place = amounts.placeAfter(between - skipped, place)
    skipped = between
  }
  return undefined
}

/** The first files in parts of each later day: those with no part before. Begun uploads go before all of them. */
function endsOfParts(
  days: readonly { parts: number }[],
  amounts: Amounts,
  large: readonly LargeFile[],
): QueuePlace[] {
  const ends: QueuePlace[] = []
  let left = -amounts.begun().reduce((sum, { missingParts }) => sum + missingParts, 0)
  let next = 0
  for (const { parts } of days) {
    left += parts
    for (; next < large.length && left > 0; next++) left -= large[next]?.parts ?? 0
    const end = large[next]
    if (end === undefined) break
    ends.push(end)
  }
  return ends
}

/** A file that waits for the network, or for its content to settle, tells that instead. */
function waitsForCalls(state: Transfer['state']): boolean {
  return state.kind === 'queued' || (state.kind === 'waiting' && state.reason === 'quota')
}
