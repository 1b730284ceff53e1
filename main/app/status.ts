import { placeNameIn } from '#main/destination/place-book.ts'
import { DayLedger } from '#main/engine/day-ledger.ts'
import { LIMITED_ENDPOINTS } from '#main/engine/endpoints.ts'
import { systemClock } from '#main/lib/clock.ts'
import { homeOwner } from '#main/store/claim-home.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { LAST_APP_MEMO } from './last-account.ts'

const MOST_LISTED = 20

export interface Status {
  readonly home: string
  readonly owner: ReturnType<typeof homeOwner>
  readonly counts: TransferCounts
  /** The first ones that are open. */
  readonly open: readonly (Transfer & { readonly to: PlaceName })[]
  readonly calls: readonly { endpoint: string; used: number; left: number }[]
}

/** Reads a home without touching it, also while another process is at work; undefined: never used. */
export function readStatus(home: string): Status | undefined {
  const stores = openStoresReadOnly(home)
  if (stores === undefined) return undefined
  try {
    const appKey = stores.memos.recall<string>(LAST_APP_MEMO) ?? ''
    const nowMs = systemClock.nowMs()
    const ledger = new DayLedger({ appKey, ...stores })
    const calls = LIMITED_ENDPOINTS.map((endpoint) => {
      const used = stores.quota.callsUsed(appKey, endpoint.path, quotaDay(nowMs))
      const left = Math.max(0, ledger.allowance(endpoint, nowMs) - used)
      return { endpoint: endpoint.path, used, left }
    })
    return {
      home,
      owner: homeOwner(home),
      counts: stores.transfers.listedCounts(),
      open: stores.transfers
        .list({ kinds: UNFINISHED }, { offset: 0, limit: MOST_LISTED })
        .map((each) => ({ ...each, to: placeNameIn(stores.memos, each.destination) })),
      calls,
    }
  } finally {
    stores.close()
  }
}
