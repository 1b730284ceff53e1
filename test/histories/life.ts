/** One process that watches and uploads, from its start to its end or its death. */
import { assembleTools } from '#main/app/run-tools.ts'
import { isOf } from '#main/app/unfinished.ts'
import { tellOutcomes, watchQueue } from '#main/app/watching/watch-queue.ts'
import { Engine } from '#main/engine/engine.ts'
import { fileSources } from '#main/engine/source.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { TransferStore } from '#main/store/transfer-store.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { FakeClock } from '#test/kit/fake-clock.ts'
import type { MemoryDisk } from '#test/kit/memory-disk.ts'
import type { MemoryDrive } from '#test/unit/engine/engine-world.ts'
import { DriveLine } from './drive-line.ts'
import { MortalStores } from './mortal-stores.ts'

/** Larger files go up in parts. */
const SINGLE_CALL_BYTES = 1_000

export interface Surroundings {
  readonly home: string
  readonly clock: FakeClock
  readonly disk: MemoryDisk
  readonly drive: MemoryDrive
  readonly rule: WatchRule
}

export class Life {
  readonly line: DriveLine
  readonly service: WatchService
  readonly mortal: MortalStores
  readonly #engine: Engine
  /** Looked at from outside, which is no step of the process. */
  readonly #transfers: TransferStore
  readonly #close: () => void

  constructor({ home, clock, disk, drive, rule }: Surroundings) {
    const opened = openStores(home)
    this.#transfers = opened.transfers
    this.line = new DriveLine(drive, clock)
    this.mortal = new MortalStores(opened, () => {
      this.line.isCut = true
    })
    this.line.onStep = () => this.mortal.step()
    const { stores } = this.mortal
    const { transfers, copies, files } = stores
    const { api } = this.line
    const tools = assembleTools({
      ...{
        api,
        stores,
        clock,
        sources: fileSources(),
        lanes: 2,
        singleCallLimit: SINGLE_CALL_BYTES,
      },
    })
    transfers.enqueue(failedOf(opened.transfers.list({}, PAGE), rule, disk), 'watch', clock.nowMs())
    this.#engine = new Engine(tools.run, { longestWaitMs: Infinity, moreToCome: true })
    const queue = watchQueue({
      ...{ transfers, copies, clock, batchId: 'watch' },
      onQueued: () => this.#engine.nudge(),
    })
    const { openEvents } = disk
    const timings = { rootEveryMs: 20_000 }
    this.service = new WatchService({
      ...{ rules: [rule], index: files, queue, clock, openEvents, timings },
    })
    tellOutcomes(this.#engine, this.service, copies)
    this.#close = () => {
      tools.release()
      opened.close()
    }
  }

  get isDead(): boolean {
    return this.mortal.isDead
  }

  start(): void {
    void this.#engine.work()
    this.service.start()
  }

  /** True when no transfer is under way and none waits. */
  get isAtRest(): boolean {
    const open = this.#transfers.list({}, PAGE).filter(({ state }) => isOpen(state))
    return open.length === 0 && this.service.waiting().length === 0
  }

  /** Some file has failed, and waits for a new start or a change of its own. */
  get hasFailed(): boolean {
    return this.#transfers.list({}, PAGE).some(({ state }) => state.kind === 'failed')
  }

  /** Ends the process, or clears away what is left of a dead one. */
  async stop(clock: FakeClock): Promise<void> {
    const stopped = Promise.all([this.service.stop(), this.#engine.stop(1_000)])
    await clock.runUntil(stopped)
    this.#close()
  }
}

const PAGE = { offset: 0, limit: 10_000 }

function isOpen({ kind }: Transfer['state']): boolean {
  return kind !== 'done' && kind !== 'skipped' && kind !== 'failed' && kind !== 'cancelled'
}

/** As `failedOf` of a real start, which looks at the real disk. */
function failedOf(transfers: readonly Transfer[], rule: WatchRule, disk: MemoryDisk) {
  return transfers
    .filter(({ state, path }) => state.kind === 'failed' && disk.exists(path))
    .filter((transfer) => isOf(rule, transfer))
    .map(({ state: _, ...item }) => item)
}
