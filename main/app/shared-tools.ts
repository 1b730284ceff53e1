import { Rhythms } from '#main/destination/rhythms.ts'
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { CallGate, type LaneSetting } from '#main/engine/call-gate.ts'
import { SumsThread } from '#main/engine/sums-thread.ts'
import { Uplink } from '#main/engine/uplink.ts'
import { BufferPool } from '#main/lib/buffer-pool.ts'
import type { Clock } from '#main/lib/clock.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import type { Stores } from '#main/store/open-stores.ts'

/** Memory for parts on their way: several 4 MiB parts, or one file of 20 MiB and what follows it. */
const POOL_BYTES = 48 * 1024 * 1024

/**
 * The tools that the engines of several accounts share: one machine, one line, and an app's limits.
 */
export class SharedTools {
  readonly pool = new BufferPool(POOL_BYTES)
  readonly sumsOf = new SumsThread().sumsOf
  /** One landing of a name in a folder at a time, for any account. */
  readonly landings = new KeyedLock()
  /** One look or change at a time per remote folder, or two accounts would make the same one twice. */
  readonly folders = new KeyedLock()
  /**
   * One write at a time to a table, by any account: a list of attachments is replaced as a whole.
   */
  readonly rhythms: Rhythms
  readonly uplink: Uplink
  readonly #stores: Pick<Stores, 'quota' | 'memos'>
  readonly #clock: Clock
  readonly #gates = new Map<string, { readonly gate: CallGate; users: number }>()
  #bandwidth: { readonly limit: number | undefined; readonly bandwidth: Bandwidth } | undefined

  constructor(stores: Pick<Stores, 'quota' | 'memos'>, clock: Clock) {
    this.#stores = stores
    this.#clock = clock
    this.rhythms = new Rhythms(clock)
    this.uplink = new Uplink(stores.memos)
  }

  /** The person's limit holds for all accounts together. */
  bandwidth(limit: number | undefined): Bandwidth {
    if (this.#bandwidth === undefined || this.#bandwidth.limit !== limit) {
      this.#bandwidth = { limit, bandwidth: new Bandwidth(this.#clock, limit) }
    }
    return this.#bandwidth.bandwidth
  }

  /** The one door for all accounts of an app. Give it back with `release`: the next one begins afresh. */
  gate(
    appKey: string,
    lanes: LaneSetting,
    callsPerDay?: number,
  ): { readonly gate: CallGate; release(): void } {
    const key = `${lanes} ${callsPerDay} ${appKey}`
    const { quota, memos } = this.#stores
    const entry = this.#gates.get(key) ?? {
      gate: new CallGate({ appKey, clock: this.#clock, quota, memos, lanes, callsPerDay }),
      users: 0,
    }
    entry.users += 1
    this.#gates.set(key, entry)
    let isReleased = false
    return {
      gate: entry.gate,
      release: () => {
        if (isReleased) return
        isReleased = true
        entry.users -= 1
        if (entry.users === 0) this.#gates.delete(key)
      },
    }
  }
}
