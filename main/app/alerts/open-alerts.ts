import type { Clock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { Language } from '#shared/text/language.ts'
import type { Worker } from '../accounts/worker.ts'
import { countsOf } from '../api/tabs.ts'
import type { Watching } from '../watching/watching.ts'
import type { AlertKeeper } from './alert-keeper.ts'
import { Alerts } from './alerts.ts'
import type { DeliverParts } from './deliver.ts'
import { type Health, healthOf } from './health.ts'

/** Since when uploads are looked for in a home that has had none. */
const SINCE_MEMO = 'uploads-looked-for-since'

export interface AlertParts {
  readonly stores: Stores
  readonly clock: Clock
  readonly worker: Worker
  readonly watching: Watching
  readonly keeper: AlertKeeper
  readonly log: HomeLog
  readonly language: () => Language
  readonly wayTo: DeliverParts['wayTo']
}

/** Joins what tells how Feidi is doing with what tells people of it. */
export function openAlerts({ stores, clock, worker, watching, ...rest }: AlertParts) {
  const { keeper, log } = rest
  let lastUploadMs = lastUploadOf(stores, clock)
  worker.events.on('transfer', ({ state }) => {
    if (state.kind === 'done') lastUploadMs = clock.nowMs()
  })
  const look = () => {
    const { byTab, byState } = countsOf(stores.windows.listedTallies())
    const hasWork = byTab.active + byState.queued + byState.waiting > 0
    const engine = worker.state(hasWork)
    const troubles = worker.troubles.map(({ error }) => error)
    const health: Health = healthOf(
      {
        engine,
        troubles: troubles.length,
        watched: Object.values(watching.live.standings).map(({ state }) => state.kind),
        attention: byTab.attention,
        lastUploadMs,
        silentHours: keeper.silentHours,
      },
      clock.nowMs(),
    )
    return { health, attention: byTab.attention, error: engine.error ?? troubles[0] }
  }
  const { memos } = stores
  const alerts = new Alerts({
    ...rest,
    clock,
    memos,
    look,
    log: log.scope('host'),
    redactor: log.redactor,
  })
  return { alerts, health: () => look().health }
}

function lastUploadOf({ windows, memos }: Stores, clock: Clock): number {
  const newest = { kinds: ['done'], search: [], order: 'end', descending: true } as const
  const [last] = windows.ended({ ...newest, offset: 0, limit: 1 })
  if (last !== undefined) return last.endedAtMs
  const since = memos.recall<number>(SINCE_MEMO) ?? clock.nowMs()
  memos.remember(SINCE_MEMO, since)
  return since
}
