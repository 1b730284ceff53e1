/** The transfers that begin now. */
import type { Transfer } from '#shared/model/transfer.ts'
import { isUrgent } from '#shared/transfer/deadline.ts'
import { pickNext } from '#shared/transfer/pick-next.ts'
import { fitsSingleCall } from '#shared/transfer/plan-parts.ts'
import { RUNNABLE } from '#shared/transfer/state-kinds.ts'
import type { RunTools } from './run.ts'
import { costOf, hoursOf } from './start-in-parts.ts'

/** When all that is near the head of the queue is of one kind, the other is looked for so far behind. */
const LOOK_AHEAD = 200

export interface RunChoice {
  readonly tools: RunTools
  readonly room: number
  readonly active: readonly { readonly isWhole: boolean }[]
  readonly nowMs: number
  /** The first transfers of the queue that may begin. */
  readonly ready: (limit: number) => Transfer[]
  /** Checks whether an urgent transfer is one that may begin. */
  readonly mayBegin: (transfer: Transfer) => boolean
}

/** Chooses by deadline, then by the queue's order, with both kinds of calls in use. */
export function chooseRuns({ tools, room, active, nowMs, ready, mayBegin }: RunChoice): Transfer[] {
  const isWhole = (transfer: Transfer) => goesInOneCall(transfer, tools)
  const cost = costOf(tools)
  const hours = hoursOf(tools)
  const urgent = tools.store
    .begun()
    .filter((begun) => isUrgent(begun, nowMs, cost, hours))
    .flatMap(({ id }) => tools.store.get(id) ?? [])
    .filter((transfer) => isDue(transfer, nowMs) && mayBegin(transfer))
  const choose = (some: readonly Transfer[]) =>
    pickNext({ ready: some, urgent, room, isWhole, active })
  const picked = choose(ready(room))
  const kinds = new Set([...active.map((each) => each.isWhole), ...picked.map(isWhole)])
  const isFull = picked.length === room && active.length + room > 1
  return isFull && kinds.size === 1 ? choose(ready(room + LOOK_AHEAD)) : picked
}

/** Checks whether a transfer goes in one call, as far as can be told before its run. */
export function goesInOneCall(
  { sizeBytes }: Pick<Transfer, 'sizeBytes'>,
  { uplink, singleCallLimit }: Pick<RunTools, 'uplink' | 'singleCallLimit'>,
): boolean {
  return fitsSingleCall(sizeBytes, uplink.bytesPerSecond, singleCallLimit)
}

function isDue({ state }: Transfer, nowMs: number): boolean {
  return RUNNABLE.includes(state.kind) && (state.kind !== 'waiting' || state.untilMs <= nowMs)
}
