import type { Clock } from './clock.ts'

/**
 * Sleeps that can be ended early. A sleeper woken while awake does not fall asleep the next time.
 */
export class WakeUp {
  readonly #clock: Pick<Clock, 'sleep'>
  #woken = Promise.withResolvers<void>()

  constructor(clock: Pick<Clock, 'sleep'>) {
    this.#clock = clock
  }

  wake(): void {
    this.#woken.resolve()
  }

  /** @param ms Infinity: until woken */
  async sleep(ms: number): Promise<void> {
    const alarm = new AbortController()
    const timer = Number.isFinite(ms) ? [this.#clock.sleep(ms, alarm.signal).catch(() => {})] : []
    await Promise.race([this.#woken.promise, ...timer])
    this.#woken = Promise.withResolvers<void>()
    alarm.abort()
  }
}
