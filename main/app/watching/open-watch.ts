/** Watching, joined to a worker that uploads what it finds. */
import { systemClock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { ClockJumps } from '../clock-jumps.ts'
import { logWatch, type WorkLog } from '../log-work.ts'
import { type Connections, followTools } from './follow-taker.ts'
import { type QueueWorker, tellOutcomes, tellVanished, watchQueue } from './watch-queue.ts'

export interface WatchSetup {
  readonly stores: Pick<Stores, 'transfers' | 'copies' | 'files' | 'follow' | 'folders'>
  readonly worker: QueueWorker & Connections
  readonly rules: readonly WatchRule[]
  readonly batchId: string
  readonly log: WorkLog
  /** Files were queued, or queued again when there are none; the worker has not begun with them. */
  readonly onQueued: (transfers: readonly Transfer[]) => void
}

/** The interval between retries of blocked work. A person may have fixed it since. */
const BLOCKED_EVERY_MS = 15 * 60_000

export interface OpenWatch {
  readonly service: WatchService
  /** Watches from here on; without it, `service.sweepOnce` looks once. */
  start(): void
  close(): Promise<void>
}

/** Opens a watch. It looks at nothing before `start` or `sweepOnce`. */
export function openWatch(setup: WatchSetup): OpenWatch {
  const { stores, worker, rules, batchId, log, onQueued } = setup
  const { transfers, copies, files } = stores
  const queue = watchQueue({
    transfers,
    copies,
    batchId,
    clock: systemClock,
    onQueued(queued) {
      onQueued(queued)
      worker.nudge()
    },
  })
  const service = new WatchService({
    rules,
    index: files,
    queue,
    clock: systemClock,
    missing: copies.missing,
    follow: followTools(stores, worker, systemClock),
  })
  tellOutcomes(worker, service, copies)
  tellVanished(worker, service)
  logWatch(service, log)
  const jumps = new ClockJumps(systemClock, () => service.wake())
  let blockedTimer: NodeJS.Timeout | undefined
  return {
    service,
    start() {
      service.start()
      blockedTimer = setInterval(() => tryBlocked(setup), BLOCKED_EVERY_MS)
      void jumps.keep()
    },
    async close() {
      clearInterval(blockedTimer)
      jumps.close()
      await service.stop()
    },
  }
}

function tryBlocked({ stores, worker, onQueued }: WatchSetup): void {
  try {
    const wasBlocked = stores.transfers.requeueBlocked() > 0
    // An account that can not act has nothing blocked, and is tried again as well.
    worker.nudge()
    if (wasBlocked) onQueued([])
  } catch {
    // The disk refuses the write now; the upload will meet the same error and report it.
  }
}
