/**
 * Cuts a call that stands still, and only that: a slow upload that moves may take as long as it needs.
 */

/** Monotonic time and timers; tests bring their own. */
export interface IdleTimer {
  nowMs(): number
  /** Calls back once after `ms`. Returns a function that prevents it. */
  after(ms: number, callback: () => void): () => void
}

const systemTimer: IdleTimer = {
  nowMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * The slowest line we wait for, once the whole body is handed over, and when the answer comes. The
 * kernel may still hold megabytes of the body then, and does not report as they trickle out.
 */
const SLOWEST_BYTES_PER_MS = (16 * 1024) / 1000

export class IdleDeadline {
  readonly #idleMs: number
  readonly #timer: IdleTimer
  readonly #controller = new AbortController()
  #allowedMs: number
  #movedAtMs: number
  #held = false
  /** Of the answer; undefined as long as it has not begun. */
  #receivedBytes: number | undefined
  #stopped = false
  #cancelTimer: () => void

  /** Starts at once. @param idleMs how long nothing may move */
  constructor(idleMs: number, timer: IdleTimer = systemTimer) {
    this.#idleMs = idleMs
    this.#allowedMs = idleMs
    this.#timer = timer
    this.#movedAtMs = timer.nowMs()
    this.#cancelTimer = timer.after(idleMs, this.#check)
  }

  /** Aborts when the deadline has passed. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Bytes went out. Cheap: it only notes the time. */
  sent(): void {
    this.#movedAtMs = this.#timer.nowMs()
  }

  /** All of the body is with the kernel; now we wait for it to drain and for the answer. */
  bodyHandedOver(bodyBytes: number): void {
    this.sent()
    this.#allowedMs = this.#idleMs + bodyBytes / SLOWEST_BYTES_PER_MS
    this.#rearm()
  }

  /**
   * So many bytes of the answer came in, so nothing of ours is under way any more. All of it has to come
   * in the idle time and what a slow line needs for its bytes: one that drips would never end.
   */
  received(bytes: number): void {
    if (this.#receivedBytes === undefined) this.sent()
    this.#receivedBytes = (this.#receivedBytes ?? 0) + bytes
    this.#allowedMs = this.#idleMs + this.#receivedBytes / SLOWEST_BYTES_PER_MS
    this.#rearm()
  }

  /** Our own bandwidth limit holds the body back: nothing can be said about the network meanwhile. */
  hold(held: boolean): void {
    this.#held = held
    this.sent()
  }

  stop(): void {
    this.#stopped = true
    this.#cancelTimer()
  }

  // Moving bytes do not touch the timer; when it rings it looks how much of the silence is left.
  readonly #check = (): void => {
    const leftMs = this.#movedAtMs + this.#allowedMs - this.#timer.nowMs()
    if (this.#held || leftMs > 0) this.#rearm()
    else this.#controller.abort(new DOMException('nothing moved', 'TimeoutError'))
  }

  #rearm(): void {
    this.#cancelTimer()
    if (this.#stopped) return
    const leftMs = this.#movedAtMs + this.#allowedMs - this.#timer.nowMs()
    this.#cancelTimer = this.#timer.after(
      this.#held ? this.#idleMs : Math.max(1, Math.ceil(leftMs)),
      this.#check,
    )
  }
}
