import { placeNameIn } from '#main/destination/place-book.ts'
import { systemClock } from '#main/lib/clock.ts'
import { homeOwner } from '#main/store/claim-home.ts'
import type { Group } from '#main/store/grouped-windows.ts'
import { openStoresReadOnly, type ReadOnlyStores } from '#main/store/open-read-only.ts'
import type { Planned } from '#shared/contract/value-schemas.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { ENDED_WELL, STATE_KINDS, UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { plus } from '#shared/transfer/work-size.ts'
import { beyondAcknowledged, shareOfGroup } from './live/group-share.ts'
import { recallMoved } from './live/moved-memo.ts'
import { plannedDays } from './live/queue-days.ts'
import { type GivenLimits, type QueueOutlook, queueOutlook } from './queue-outlook.ts'

const MOST_LISTED = 20
const MOST_GROUPS = 5

/** Files that were added together, of which some are to be uploaded. */
interface StatusGroup {
  readonly kind: Group['kind']
  readonly label: string
  readonly done: number
  readonly files: number
  /** Progress, from 0 to 1. */
  readonly share: number
}

/** A file that is open, with the day on which it goes where that is not today. */
type OpenFile = Transfer & {
  readonly to: PlaceName
  readonly movedBytes: number
  readonly planned: Planned | undefined
}

export interface Status {
  readonly home: string
  readonly owner: ReturnType<typeof homeOwner>
  readonly counts: TransferCounts
  /** The first ones that are open. */
  readonly open: readonly OpenFile[]
  readonly groups: readonly StatusGroup[]
  readonly outlook: QueueOutlook
}

/** Reads a home without touching it, also while another process is at work; undefined: never used. */
export function readStatus(home: string, given: GivenLimits): Status | undefined {
  const stores = openStoresReadOnly(home)
  if (stores === undefined) return undefined
  try {
    const owner = homeOwner(home)
    const moved = recallMoved(stores.memos, owner?.pid)
    const movedBytes = ({ id, sentBytes, sizeBytes }: Transfer) =>
      Math.min(sizeBytes, Math.max(sentBytes, moved[id] ?? 0))
    const outlook = queueOutlook(stores, home, given, systemClock.nowMs())
    const plannedFor = plannedDays(
      { plan: outlook.plan, notBeforeMs: outlook.quota.notBeforeMs },
      stores.amounts,
    )
    return {
      home,
      owner,
      counts: stores.transfers.listedCounts(),
      open: stores.transfers
        .list({ kinds: UNFINISHED }, { offset: 0, limit: MOST_LISTED })
        .map((each) => ({
          ...each,
          to: placeNameIn(stores.memos, each.destination),
          movedBytes: movedBytes(each),
          planned: plannedFor(each),
        })),
      groups: groupsIn(stores, movedBytes),
      outlook,
    }
  } finally {
    stores.close()
  }
}

/** The newest groups with unfinished files; a file that was added alone is no group. */
function groupsIn(
  { groups, amounts }: ReadOnlyStores,
  movedBytes: (transfer: Transfer) => number,
): StatusGroup[] {
  const atWork = groups.groupsAtWork()
  const { entries } = groups.grouped({
    filter: { kinds: UNFINISHED, search: [] },
    ...{ order: 'recent', descending: true, offset: 0, limit: MOST_LISTED, opening: undefined },
    ...{ unfolded: false, except: new Set() },
  })
  return entries
    .flatMap((entry) => (entry.kind === 'group' ? [entry.group] : []))
    .slice(0, MOST_GROUPS)
    .map(({ key, kind, label }) => {
      const tallies = amounts.groupTallies(key)
      const count = (...kinds: readonly string[]) =>
        tallies.reduce((sum, tally) => sum + (kinds.includes(tally.kind) ? tally.transfers : 0), 0)
      const running = atWork.filter(({ group }) => group === key).map(({ transfer }) => transfer)
      const begun = plus(amounts.sentOfGroup(key), beyondAcknowledged(running, movedBytes))
      return {
        ...{ kind, label, done: count(...ENDED_WELL) },
        files: count(...STATE_KINDS) - count('cancelled'),
        share: shareOfGroup(tallies, begun),
      }
    })
}
