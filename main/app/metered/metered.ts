import { networkInterfaces } from 'node:os'
import type { Clock } from '#main/lib/clock.ts'
import type { Worker } from '../accounts/worker.ts'
import { isMetered } from './is-metered.ts'

/** The answer comes after the start: nothing waits for it. */
const FIRST_AFTER_MS = 2_000
/** Addresses are looked at, which costs nothing. */
const LOOK_EVERY_MS = 15_000
/** Windows starts a program for the question. */
const ASK_EVERY_MS = 10 * 60_000

export interface MeteredOptions {
  readonly clock: Clock
  readonly worker: Pick<Worker, 'pause'>
  /** False: uploads continue on any connection. */
  readonly isWanted: () => boolean
  /** Uploads rest from now on, or continue. */
  readonly onChange?: (rests: boolean) => void
  readonly ask?: typeof isMetered
  /** Returns a text that is another one on another network. */
  readonly addresses?: () => string
}

/** Lets work rest while the connection is metered, on the systems that tell (decision 0044). */
export class Metered {
  readonly #options: MeteredOptions
  readonly #closed = new AbortController()
  #isMetered: boolean | undefined
  /** The person sends on this network anyway. */
  #isAllowed = false
  #addresses = ''
  #askedAtMs = Number.NEGATIVE_INFINITY
  #rests = false

  constructor(options: MeteredOptions) {
    this.#options = options
  }

  /** True where the system tells. */
  get isKnown(): boolean {
    return this.#isMetered !== undefined
  }

  async keep(): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#closed
    await clock.sleep(FIRST_AFTER_MS, signal).catch(() => {})
    while (!signal.aborted) {
      await this.look()
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => {})
    }
  }

  /** Asks the system if the network is another one, or was asked about long ago. */
  async look(): Promise<void> {
    const { clock, ask = isMetered, addresses = ownAddresses, isWanted } = this.#options
    const now = addresses()
    const isOther = now !== this.#addresses
    if (isOther) this.#isAllowed = false
    // A person who does not want it is asked for nothing; the first answer tells whether the setting is of use.
    const isDue =
      clock.steadyMs() - this.#askedAtMs >= ASK_EVERY_MS && (isWanted() || !this.isKnown)
    if (isOther || isDue) {
      this.#addresses = now
      this.#askedAtMs = clock.steadyMs()
      this.#isMetered = await ask()
      if (this.#closed.signal.aborted) return
    }
    await this.apply()
  }

  /** The setting may be another one. */
  async apply(): Promise<void> {
    const { worker, isWanted, onChange } = this.#options
    const rests = this.#isMetered === true && isWanted() && !this.#isAllowed
    if (rests === this.#rests) return
    this.#rests = rests
    onChange?.(rests)
    await worker.pause('metered', rests)
  }

  /** Sends although it costs, for as long as the network stays the same. */
  async goOnAnyway(): Promise<void> {
    if (!this.#rests) return
    this.#isAllowed = true
    await this.apply()
  }

  close(): void {
    this.#closed.abort(new Error('closed'))
  }
}

function ownAddresses(): string {
  const all = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    // The last half of an IPv6 address is another one every day.
    addresses.flatMap(({ family, address, internal }) =>
      internal || family !== 'IPv4' ? [] : [`${name} ${address}`],
    ),
  )
  return all.sort().join('\n') || 'none'
}
