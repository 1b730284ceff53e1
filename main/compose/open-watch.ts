/** Watching, joined to a worker that uploads what it finds. */
import { systemClock } from '#main/engine/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { logWatch, type WorkLog } from './log-work.ts'
import { type QueueWorker, tellOutcomes, watchQueue } from './watch-queue.ts'

export interface WatchSetup {
  readonly stores: Pick<Stores, 'transfers' | 'files'>
  readonly worker: QueueWorker
  readonly rules: readonly WatchRule[]
  readonly batchId: string
  readonly log: WorkLog
  /** Files were queued; called before the worker can have begun with them. */
  readonly onQueued: (transfers: readonly Transfer[]) => void
  /** Blocked files are tried again. */
  readonly onRetried?: () => void
}

/** How often what is blocked is tried again. A person may have put it right since. */
const BLOCKED_EVERY_MS = 15 * 60_000
/** A timer that is so late has slept with the machine; so has one that the clock jumped over. */
const HEARTBEAT_MS = 10_000
const ASLEEP_MS = 20_000

export interface OpenWatch {
  readonly service: WatchService
  /** Watches from here on; without it, `service.sweepOnce` looks once. */
  start(): void
  close(): Promise<void>
}

/** Nothing is looked at before `start` or `sweepOnce`. */
export function openWatch(setup: WatchSetup): OpenWatch {
  const { stores, worker, rules, batchId, log, onQueued } = setup
  const { transfers, files } = stores
  const queue = watchQueue({
    transfers,
    batchId,
    clock: systemClock,
    onQueued(queued) {
      onQueued(queued)
      worker.nudge()
    },
  })
  const service = new WatchService({ rules, index: files, queue, clock: systemClock })
  tellOutcomes(worker, service)
  logWatch(service, log)
  const timers: NodeJS.Timeout[] = []
  return {
    service,
    start() {
      service.start()
      timers.push(
        setInterval(() => tryBlocked(setup), BLOCKED_EVERY_MS),
        onWakeUp(() => service.wake()),
      )
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      await service.stop()
    },
  }
}

function tryBlocked({ stores, worker, onRetried }: WatchSetup): void {
  try {
    if (stores.transfers.requeueBlocked() === 0) return
    worker.nudge()
    onRetried?.()
  } catch {
    // The disk does not take it now; whoever uploads will meet the same and say so.
  }
}

function onWakeUp(wake: () => void): NodeJS.Timeout {
  let beatAtMs = Date.now()
  return setInterval(() => {
    const sleptMs = Date.now() - beatAtMs
    beatAtMs = Date.now()
    if (Math.abs(sleptMs) > ASLEEP_MS) wake()
  }, HEARTBEAT_MS)
}
