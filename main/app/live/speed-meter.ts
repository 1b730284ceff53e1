const BUCKET_MS = 500

/** Tells how fast something moves, bytes or files, from what moved in the last while. */
export class SpeedMeter {
  /** Amounts by the number of their half second. */
  readonly #buckets = new Map<number, number>()
  readonly #windowMs: number
  #sinceMs: number | undefined

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Notes what moved; a negative amount takes back what did not get through. */
  add(amount: number, nowMs: number): void {
    if (this.#isQuiet(nowMs)) this.#sinceMs = nowMs
    const bucket = Math.floor(nowMs / BUCKET_MS)
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + amount)
    this.#forgetBefore(nowMs - this.#windowMs)
  }

  perSecond(nowMs: number): number {
    if (this.#isQuiet(nowMs)) return 0
    const from = nowMs - this.#windowMs
    let amount = 0
    for (const [bucket, moved] of this.#buckets) {
      if (bucket * BUCKET_MS >= from && bucket * BUCKET_MS <= nowMs) amount += moved
    }
    const spanMs = Math.min(this.#windowMs, nowMs - (this.#sinceMs ?? nowMs))
    return Math.max(0, (amount * 1_000) / Math.max(spanMs, 1_000))
  }

  /** The time for which it has moved without a pause as long as the window. */
  movingForMs(nowMs: number): number {
    return this.#isQuiet(nowMs) ? 0 : nowMs - (this.#sinceMs ?? nowMs)
  }

  #isQuiet(nowMs: number): boolean {
    const last = Math.max(...this.#buckets.keys())
    return this.#sinceMs === undefined || last * BUCKET_MS < nowMs - this.#windowMs
  }

  #forgetBefore(atMs: number): void {
    for (const bucket of this.#buckets.keys()) {
      if ((bucket + 1) * BUCKET_MS < atMs) this.#buckets.delete(bucket)
    }
  }
}
