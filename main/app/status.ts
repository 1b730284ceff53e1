import { placeNameIn } from '#main/destination/place-book.ts'
import { systemClock } from '#main/lib/clock.ts'
import { homeOwner } from '#main/store/claim-home.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { type GivenLimits, type QueueOutlook, queueOutlook } from './queue-outlook.ts'

const MOST_LISTED = 20

export interface Status {
  readonly home: string
  readonly owner: ReturnType<typeof homeOwner>
  readonly counts: TransferCounts
  /** The first ones that are open. */
  readonly open: readonly (Transfer & { readonly to: PlaceName })[]
  readonly outlook: QueueOutlook
}

/** Reads a home without touching it, also while another process is at work; undefined: never used. */
export function readStatus(home: string, given: GivenLimits): Status | undefined {
  const stores = openStoresReadOnly(home)
  if (stores === undefined) return undefined
  try {
    return {
      home,
      owner: homeOwner(home),
      counts: stores.transfers.listedCounts(),
      open: stores.transfers
        .list({ kinds: UNFINISHED }, { offset: 0, limit: MOST_LISTED })
        .map((each) => ({ ...each, to: placeNameIn(stores.memos, each.destination) })),
      outlook: queueOutlook(stores, home, given, systemClock.nowMs()),
    }
  } finally {
    stores.close()
  }
}
