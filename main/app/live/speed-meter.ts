const BUCKET_MS = 500

/** How fast bytes move, from what moved in the last while. */
export class SpeedMeter {
  /** Bytes by the number of their half second. */
  readonly #buckets = new Map<number, number>()
  readonly #windowMs: number
  #sinceMs: number | undefined

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Bytes moved on; a negative number takes back what did not get through. */
  add(bytes: number, nowMs: number): void {
    if (this.#isQuiet(nowMs)) this.#sinceMs = nowMs
    const bucket = Math.floor(nowMs / BUCKET_MS)
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + bytes)
    this.#forgetBefore(nowMs - this.#windowMs)
  }

  bytesPerSecond(nowMs: number): number {
    if (this.#isQuiet(nowMs)) return 0
    const from = nowMs - this.#windowMs
    let bytes = 0
    for (const [bucket, moved] of this.#buckets) {
      if (bucket * BUCKET_MS >= from && bucket * BUCKET_MS <= nowMs) bytes += moved
    }
    const spanMs = Math.min(this.#windowMs, nowMs - (this.#sinceMs ?? nowMs))
    return Math.max(0, Math.round((bytes * 1000) / Math.max(spanMs, 1_000)))
  }

  /** For how long bytes have been moving without a pause as long as the window. */
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
