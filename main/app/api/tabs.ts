import type { Tally } from '#main/store/amount-reads.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import {
  NEEDS_ACTION,
  RUNNABLE,
  RUNNING,
  SETTLED,
  STATE_KINDS,
} from '#shared/transfer/state-kinds.ts'

/** Which states each tab of the queue shows. */
export const TAB_KINDS: Readonly<Record<Tab, readonly TransferStateKind[]>> = {
  all: STATE_KINDS,
  active: RUNNING,
  waiting: [...RUNNABLE, 'paused'],
  attention: NEEDS_ACTION,
  done: SETTLED.filter((kind) => kind !== 'cancelled'),
  cancelled: ['cancelled'],
}

/** Returns the number of transfers, by state. */
export function stateCounts(tallies: readonly Pick<Tally, 'kind' | 'transfers'>[]) {
  const count = (kind: TransferStateKind) =>
    tallies.find((tally) => tally.kind === kind)?.transfers ?? 0
  return fromEntries(TAB_KINDS.all.map((kind) => [kind, count(kind)]))
}

/** Returns the number of transfers, by state and by tab. */
export function countsOf(
  tallies: readonly Pick<Tally, 'kind' | 'transfers'>[],
): LiveState['counts'] {
  const byState = stateCounts(tallies)
  const tabs = Object.entries(TAB_KINDS) as [Tab, readonly TransferStateKind[]][]
  const byTab = fromEntries(
    tabs.map(([tab, kinds]) => [tab, kinds.reduce((sum, kind) => sum + byState[kind], 0)]),
  )
  return { byState, byTab }
}

function fromEntries<K extends string>(entries: readonly (readonly [K, number])[]) {
  return Object.fromEntries(entries) as Record<K, number>
}
