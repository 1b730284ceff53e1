/** The body of one request, read chunk by chunk so that memory stays flat and a fault can strike in the middle. */
import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Refusal } from './refusal.ts'

/** One speed limit for all uploads together, as a shared line would be. */
export class SpeedLimit {
  readonly #bytesPerSecond: number
  #freeAtMs = 0

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond
  }

  /** Returns the wait before the next read, after so many bytes. */
  take(bytes: number): number {
    const nowMs = performance.now()
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (bytes / this.#bytesPerSecond) * 1000
    return this.#freeAtMs - nowMs
  }
}

interface BodyOptions {
  readonly speed: SpeedLimit | undefined
  readonly closing: AbortSignal
}

export class RequestBody {
  readonly #request: IncomingMessage
  readonly #options: BodyOptions
  readonly #lengthBytes: number
  #receivedBytes = 0
  /** Called when a chunk has been dealt with, with the share of the body received, 0 to 1; throwing ends the reading. */
  onProgress: (share: number) => void = () => undefined

  constructor(request: IncomingMessage, options: BodyOptions) {
    this.#request = request
    this.#options = options
    this.#lengthBytes = Number(request.headers['content-length'] ?? 0)
  }

  /** Bodies must announce their length: users of the SDK report HTTP 400 for streams that it sends chunked. */
  requireLength(): void {
    if (this.#request.headers['content-length'] === undefined) {
      throw new Refusal(1061002, 'Content-Length expected')
    }
  }

  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    // Leaving the loop early must not destroy the socket: the answer still has to go out.
    for await (const chunk of this.#request.iterator({ destroyOnReturn: false })) {
      const waitMs = this.#options.speed?.take(chunk.length) ?? 0
      // A timer is not finer than a millisecond, so small debts are left for the next chunk.
      if (waitMs >= 1) await delay(waitMs, undefined, { signal: this.#options.closing })
      this.#receivedBytes += chunk.length
      yield chunk
      this.onProgress(this.#lengthBytes === 0 ? 0 : this.#receivedBytes / this.#lengthBytes)
    }
  }

  /**
   * Reads what is left and throws it away: a client that is still sending would see a reset instead of
   * an early answer.
   */
  async drain(): Promise<void> {
    this.onProgress = () => undefined
    if (this.#request.readableEnded) return
    for await (const _ of this.chunks());
  }
}
