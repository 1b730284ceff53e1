import type { Clock } from '#main/lib/clock.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import { isWithin, nextBegin } from '#shared/transfer/work-hours.ts'
import type { Worker } from './accounts/worker.ts'

type Schedule = NonNullable<AppSettings['schedule']>

/** Clocks jump and machines sleep, so the time is looked at rather than reckoned with. */
const LOOK_EVERY_MS = 15_000

/** Holds the worker outside the times that the person has set. */
export class ScheduleKeeper {
  readonly #closed = new AbortController()
  readonly #clock: Clock
  readonly #worker: Worker
  readonly #schedule: () => Schedule | null
  #isOutside = false

  constructor(clock: Clock, worker: Worker, schedule: () => Schedule | null) {
    this.#clock = clock
    this.#worker = worker
    this.#schedule = schedule
  }

  /** The time when held work resumes; undefined when it is not held, or is held forever. */
  get goesOnAtMs(): number | undefined {
    const schedule = this.#schedule()
    if (schedule === null || !this.#isOutside) return undefined
    return nextBegin(schedule, new Date(this.#clock.nowMs()))?.getTime()
  }

  async keep(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      await this.look()
      await this.#clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
    }
  }

  async look(): Promise<void> {
    const schedule = this.#schedule()
    const isOutside = schedule !== null && !isWithin(schedule, new Date(this.#clock.nowMs()))
    if (isOutside === this.#isOutside) return
    this.#isOutside = isOutside
    await this.#worker.pause('schedule', isOutside)
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }
}
