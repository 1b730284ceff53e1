import type { Clock } from '#main/lib/clock.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import type { Worker } from './accounts/worker.ts'

type Schedule = NonNullable<AppSettings['schedule']>

/** Clocks jump and machines sleep, so the time is looked at rather than reckoned with. */
const LOOK_EVERY_MS = 15_000

/** Checks whether a moment lies in the schedule, by this machine's local time. */
export function isWithin({ from, until, days }: Schedule, at: Date): boolean {
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
  const today = at.getDay()
  if (from === until) return days.includes(today)
  if (from < until) return days.includes(today) && time >= from && time < until
  // Over midnight, the early hours belong to the day before.
  if (time >= from) return days.includes(today)
  return time < until && days.includes((today + 6) % 7)
}

/** When the times set begin next; undefined when no day is set. */
export function nextBegin({ from, until, days }: Schedule, after: Date): Date | undefined {
  const [hours = 0, minutes = 0] = from === until ? [] : from.split(':').map(Number)
  for (let day = 0; day <= 7; day++) {
    const begin = new Date(after)
    begin.setDate(after.getDate() + day)
    begin.setHours(hours, minutes, 0, 0)
    if (begin > after && days.includes(begin.getDay())) return begin
  }
  return undefined
}

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
