import type { SecureContext } from 'node:tls'
import { Rhythms } from '#main/destination/rhythms.ts'
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { CallGate, type LaneSetting } from '#main/engine/call-gate.ts'
import type { SharedLimiter } from '#main/engine/ports.ts'
import type { RunTools } from '#main/engine/run.ts'
import { SumsThread } from '#main/engine/sums-thread.ts'
import { Uplink } from '#main/engine/uplink.ts'
import { readPem } from '#main/feishu/http/ca-file.ts'
import { trusting } from '#main/feishu/http/trust.ts'
import { BufferPool } from '#main/lib/buffer-pool.ts'
import type { Clock } from '#main/lib/clock.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { redisLimiter } from '#main/store/shared-limiter.ts'

/** Memory for parts on their way: several 4 MiB parts, or one file of 20 MiB and what follows it. */
const POOL_BYTES = 48 * 1024 * 1024

/**
 * Returns the password for a shared limiter. It goes only to the address in the environment: the settings
 * of a host can name another one, and a page can change them.
 */
export function limiterPassword(
  url: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const isFromThere = url !== undefined && url === env['FEIDI_SHARED_LIMITER']
  return isFromThere ? env['FEIDI_LIMITER_PASSWORD'] || undefined : undefined
}

/** Returns the authorities that vouch for a limiter: the same as for Feishu. */
export function limiterTrust(caFile: string | undefined): SecureContext {
  return trusting(caFile === undefined ? undefined : readPem(caFile).pem)
}

interface GateLimits {
  readonly callsPerDay?: number | undefined
  readonly limiterUrl?: string | undefined
  readonly limiterPassword?: string | undefined
  readonly caFile?: string | undefined
}

interface OpenGate {
  readonly gate: CallGate
  readonly limiter: SharedLimiter | undefined
  users: number
}

/**
 * The tools that the engines of several accounts share: one machine, one line, and an app's limits.
 */
export class SharedTools {
  readonly pool = new BufferPool(POOL_BYTES)
  readonly sumsOf = new SumsThread().sumsOf
  /** Parts kept for uploads that are being begun, by any account. */
  readonly opening: RunTools['opening'] = new Map()
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
  readonly #gates = new Map<string, OpenGate>()
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
    limits: GateLimits,
  ): { readonly gate: CallGate; release(): void } {
    const { callsPerDay, limiterUrl, limiterPassword: secret, caFile } = limits
    const key = JSON.stringify([lanes, callsPerDay, limiterUrl, secret, caFile, appKey])
    const entry = this.#gates.get(key) ?? this.#openGate(appKey, lanes, limits)
    entry.users += 1
    this.#gates.set(key, entry)
    let isReleased = false
    return {
      gate: entry.gate,
      release: () => {
        if (isReleased) return
        isReleased = true
        entry.users -= 1
        if (entry.users > 0) return
        this.#gates.delete(key)
        entry.limiter?.close()
      },
    }
  }

  #openGate(
    appKey: string,
    lanes: LaneSetting,
    { callsPerDay, limiterUrl: url, limiterPassword: stored, caFile }: GateLimits,
  ): OpenGate {
    const password = stored ?? limiterPassword(url, process.env)
    const trust = () => limiterTrust(caFile)
    const limiter = url === undefined ? undefined : redisLimiter({ url, password, appKey, trust })
    const { quota, memos } = this.#stores
    const clock = this.#clock
    const gate = new CallGate({ appKey, clock, quota, memos, lanes, callsPerDay, limiter })
    return { gate, limiter, users: 0 }
  }
}
