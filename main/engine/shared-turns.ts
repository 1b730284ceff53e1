import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Endpoint } from './endpoints.ts'
import type { SharedLimiter } from './ports.ts'

/** A turn that was not used so long after its time is given up: others have had theirs since. */
const GOOD_FOR_MS = 500

type Turn =
  | { readonly kind: 'asked' }
  | { readonly kind: 'granted'; readonly atMs: number }
  | { readonly kind: 'own-way' }
  | { readonly kind: 'day-used'; readonly untilMs: number }

export interface SharedTurnsOptions {
  readonly limiter: SharedLimiter
  readonly nowMs: () => number
  /** The waiting calls have to be looked at again. @param isBack the limiter answers again for this endpoint */
  readonly onAnswer: (endpoint: Endpoint, isBack: boolean) => void
}

/** The turns that a limiter gives to this machine among all machines of the app: one at a time for each endpoint. */
export class SharedTurns {
  readonly #options: SharedTurnsOptions
  readonly #turns = new Map<string, Turn>()
  /** Endpoints whose last turn was the machine's own. */
  readonly #ownWay = new Set<string>()

  constructor(options: SharedTurnsOptions) {
    this.#options = options
  }

  /**
   * When the next call may leave; `Infinity` until the limiter has answered, 0 when only the machine's own pace counts.
   * @throws TransferError `daily-quota-used` when all machines together have used up the day
   */
  openAtMs(endpoint: Endpoint, nowMs: number): number {
    const turn = this.#turns.get(endpoint.path)
    switch (turn?.kind) {
      case 'asked':
        return Number.POSITIVE_INFINITY
      case 'own-way':
        return 0
      case 'granted':
        if (nowMs - turn.atMs <= GOOD_FOR_MS) return turn.atMs
        break
      case 'day-used':
        if (nowMs < turn.untilMs) {
          const retryAfterMs = turn.untilMs - nowMs
          throw new TransferError('daily-quota-used', { endpoint: endpoint.path, retryAfterMs })
        }
    }
    void this.#ask(endpoint)
    return Number.POSITIVE_INFINITY
  }

  /** The turn is used. */
  used({ path }: Endpoint): void {
    this.#turns.delete(path)
  }

  async #ask(endpoint: Endpoint): Promise<void> {
    const { path } = endpoint
    const { limiter, nowMs, onAnswer } = this.#options
    this.#turns.set(path, { kind: 'asked' })
    const answer = await limiter.reserve(endpoint)
    if (answer === undefined) {
      this.#turns.set(path, { kind: 'own-way' })
      this.#ownWay.add(path)
      onAnswer(endpoint, false)
      return
    }
    this.#turns.set(
      path,
      answer.kind === 'day-used'
        ? { kind: 'day-used', untilMs: nowMs() + answer.retryAfterMs }
        : { kind: 'granted', atMs: nowMs() + answer.waitMs },
    )
    onAnswer(endpoint, this.#ownWay.delete(path))
  }
}
