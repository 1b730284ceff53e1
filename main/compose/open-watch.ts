/** Watching, joined to an engine that uploads what it finds. */
import { systemClock } from '#main/engine/clock.ts'
import type { Engine } from '#main/engine/engine.ts'
import type { TransferStore } from '#main/engine/ports.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { logWatch, type WorkLog } from './log-work.ts'
import type { OpenEngine } from './open-engine.ts'
import { tellOutcomes, watchQueue } from './watch-queue.ts'

export interface WatchSetup {
  readonly open: OpenEngine
  readonly engine: Engine
  readonly rules: readonly WatchRule[]
  readonly batchId: string
  readonly log: WorkLog
  /** Files were queued; called before the engine can have begun with them. */
  readonly onQueued: (transfers: readonly Transfer[]) => void
}

/** How often what is blocked is tried again. A person may have put it right since. */
const BLOCKED_EVERY_MS = 15 * 60_000
/** A timer that is so late has slept with the machine. */
const HEARTBEAT_MS = 10_000
const ASLEEP_MS = 20_000

export interface OpenWatch {
  readonly service: WatchService
  /** Watches from here on; without it, `service.sweepOnce` looks once. */
  start(): void
  close(): Promise<void>
}

/** Nothing is looked at before `start` or `sweepOnce`. */
export function openWatch({ open, engine, rules, batchId, log, onQueued }: WatchSetup): OpenWatch {
  const { transfers, files } = open.stores
  const queue = watchQueue({
    transfers,
    batchId,
    clock: systemClock,
    onQueued(queued) {
      onQueued(queued)
      engine.nudge()
    },
  })
  const service = new WatchService({ rules, index: files, queue, clock: systemClock })
  tellOutcomes(engine, service)
  logWatch(service, log)
  const timers: NodeJS.Timeout[] = []
  return {
    service,
    start() {
      service.start()
      timers.push(
        setInterval(() => tryBlocked(transfers, engine), BLOCKED_EVERY_MS),
        onWakeUp(() => service.wake()),
      )
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      await service.stop()
    },
  }
}

function tryBlocked(transfers: TransferStore, engine: Engine): void {
  try {
    if (transfers.requeueBlocked() > 0) engine.nudge()
  } catch {
    // The disk does not take it now; whoever uploads will meet the same and say so.
  }
}

function onWakeUp(wake: () => void): NodeJS.Timeout {
  let beatAtMs = Date.now()
  return setInterval(() => {
    const sleptMs = Date.now() - beatAtMs
    beatAtMs = Date.now()
    if (sleptMs > ASLEEP_MS) wake()
  }, HEARTBEAT_MS)
}
