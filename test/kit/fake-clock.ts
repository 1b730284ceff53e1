import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '#main/lib/clock.ts'

interface Sleeper {
  readonly dueMs: number
  wake(): void
}

/** Turns of the event loop with nothing under way after which all that does not sleep is at rest. */
const TURNS_TO_SETTLE = 4

/** Rounds in which nothing happened, after which a test is told that it waits for nothing. */
const MOST_IDLE_ROUNDS = 2_000

/** Requests to the disk, by the names that Node gives them. */
const DISK_REQUESTS = new Set(['FSReqPromise', 'FSReqCallback', 'CloseReq'])

/** Calls of `settle` that wait for their next turn. */
let settling = 0

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  /** Like a monotonic clock; sleepers go by it. */
  #elapsedMs = 0
  #wallOffsetMs: number
  #sleepers: Sleeper[] = []
  /** Of those due at the same time the first to fall asleep wakes first; on a real clock either may. */
  lastToSleepWakesFirst = false

  constructor(startMs = Date.UTC(2026, 0, 5, 4)) {
    this.#wallOffsetMs = startMs
  }

  nowMs(): number {
    return this.#wallOffsetMs + this.#elapsedMs
  }

  steadyMs(): number {
    return this.#elapsedMs
  }

  /** Sets the wall clock; sleepers do not notice. */
  setWallClock(nowMs: number): void {
    this.#wallOffsetMs = nowMs - this.#elapsedMs
  }

  /** The number of current sleepers. */
  get sleepers(): number {
    return this.#sleepers.length
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const abandon = () => {
        this.#remove(sleeper)
        reject(signal?.reason)
      }
      const sleeper: Sleeper = {
        dueMs: this.#elapsedMs + Math.max(ms, 0),
        wake: () => {
          signal?.removeEventListener('abort', abandon)
          resolve()
        },
      }
      signal?.addEventListener('abort', abandon, { once: true })
      this.#sleepers.push(sleeper)
    })
  }

  /** Lets `ms` pass: due sleepers wake in order, each acting before time continues. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#elapsedMs + ms
    await settle()
    for (let next = this.#next(); next && next.dueMs <= endMs; next = this.#next()) {
      this.#wake(next)
      await settle()
    }
    this.#elapsedMs = endMs
    await settle()
  }

  /** Lets as much time pass as `work` needs, and not more. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let over = false
    const watched = work.finally(() => {
      over = true
    })
    watched.catch(() => {})
    let idleRounds = 0
    for (;;) {
      await settle()
      if (over) return watched
      const next = this.#next()
      if (next !== undefined) {
        this.#wake(next)
        idleRounds = 0
      } else if (++idleRounds > MOST_IDLE_ROUNDS) {
        throw new Error('stalled: nobody sleeps, and what is waited for does not come')
      }
    }
  }

  #next(): Sleeper | undefined {
    const dueMs = Math.min(...this.#sleepers.map((sleeper) => sleeper.dueMs))
    const due = this.#sleepers.filter((sleeper) => sleeper.dueMs === dueMs)
    return this.lastToSleepWakesFirst ? due.at(-1) : due[0]
  }

  #wake(sleeper: Sleeper): void {
    this.#elapsedMs = Math.max(this.#elapsedMs, sleeper.dueMs)
    this.#remove(sleeper)
    sleeper.wake()
  }

  #remove(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
  }
}

/** Lets everything happen that needs no time, however long the disk takes for it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS_TO_SETTLE; turn++) {
    settling += 1
    await nextTurn()
    settling -= 1
    if (isAtWork()) turn = 0
  }
}

/** Checks whether this process asks something of the disk, or has a turn to come that is not ours. */
function isAtWork(): boolean {
  const active = process.getActiveResourcesInfo()
  if (active.some((kind) => DISK_REQUESTS.has(kind))) return true
  return active.filter((kind) => kind === 'Immediate').length > settling
}
