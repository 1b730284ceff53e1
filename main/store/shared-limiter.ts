import type { SecureContext } from 'node:tls'
import type { RedisClientType } from '@redis/client'
import type { Reservation, SharedLimiter } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

export interface SharedLimiterOptions {
  /** `redis://` on this machine, `rediss://` anywhere; without a password. */
  readonly url: string
  readonly password: string | undefined
  /** The authorities that vouch for a server on TLS; absent: those of Node. */
  readonly trust?: () => SecureContext
  /** The app whose limits these are; never a secret. */
  readonly appKey: string
}

/** Longer than that a call does not wait for an answer, and goes the machine's own way. */
const PATIENCE_MS = 500
/** The first calls wait so long for the connection. */
const FIRST_PATIENCE_MS = 900
const LATE = Symbol('late')
/** Time between two attempts to reach a limiter that is away. */
const RECONNECT_MS = 1_000
/** After a lost answer the limiter is not asked for so long: a half-dead one must not slow each call. */
const REST_MS = 2_000
/** Five calls in 1,040 ms: `rate-window.ts` says why not in a second. */
const WINDOW_MS = 1_040

/**
 * Gives a machine its turn, in one atomic step, by the server's clock. The next free time of the endpoint moves on by one
 * interval; the day's calls of all machines are counted, and end with the day in Beijing.
 * Returns {0, ms to wait}, or {1, ms until the next day}.
 */
const RESERVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local per_day = tonumber(ARGV[2])
if per_day > 0 then
  local day = math.floor((time[1] + 28800) / 86400)
  local known = redis.call('HMGET', KEYS[1], 'day', 'calls')
  local calls = tonumber(known[1]) == day and tonumber(known[2]) or 0
  if calls >= per_day then return {1, ((day + 1) * 86400 - 28800) * 1000 - now} end
  redis.call('HSET', KEYS[1], 'day', day, 'calls', calls + 1)
end
local at = math.max(now, tonumber(redis.call('HGET', KEYS[1], 'next') or 0))
redis.call('HSET', KEYS[1], 'next', string.format('%d', at + tonumber(ARGV[1])))
redis.call('PEXPIRE', KEYS[1], 172800000)
return {0, at - now}
`

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * Checks the address of a shared limiter.
 * @throws TransferError `limiter-invalid` for one that is none, that has a password in it, or that would be reached in the clear
 */
export function parseLimiterUrl(text: string): URL {
  const url = URL.parse(text)
  const isRight =
    url !== null &&
    url.hostname !== '' &&
    url.password === '' &&
    (url.protocol === 'rediss:' || (url.protocol === 'redis:' && LOOPBACK.test(url.hostname)))
  if (!isRight) throw new TransferError('limiter-invalid')
  return url
}

/**
 * A limiter in Redis or Valkey. It connects in the background and for as long as it takes; meanwhile each machine goes its own way.
 * @throws TransferError `limiter-invalid`
 */
export function redisLimiter(options: SharedLimiterOptions): SharedLimiter {
  const url = parseLimiterUrl(options.url)
  let client: RedisClientType | undefined
  let restUntilMs = 0
  let isClosed = false
  // The first attempt; the client keeps trying by itself.
  const connecting = withPatience(
    connect().catch(() => {}),
    FIRST_PATIENCE_MS,
  )

  async function connect(): Promise<void> {
    // Loaded only where a limiter is set.
    const { createClient } = await import('@redis/client')
    if (isClosed) return
    const { password, trust } = options
    const isSecure = url.protocol === 'rediss:' && trust !== undefined
    const way = { connectTimeout: 2_000, reconnectStrategy: () => RECONNECT_MS }
    const created: RedisClientType = createClient({
      url: url.href,
      ...(password !== undefined && { password }),
      disableOfflineQueue: true,
      socket: isSecure ? { ...way, host: url.hostname, tls: true, secureContext: trust() } : way,
    })
    // It is away, and tried again: nothing to do about it, and no reason to end.
    created.on('error', () => {})
    client = created
    await created.connect()
  }

  async function ask(
    path: string,
    callsPerSecond: number,
    callsPerDay: number,
  ): Promise<Reservation | undefined> {
    if (client === undefined) return undefined
    const reply = await client.eval(RESERVE, {
      keys: [`feidi:{${options.appKey}}:${path}`],
      arguments: [String(Math.ceil(WINDOW_MS / callsPerSecond)), String(callsPerDay)],
    })
    if (!Array.isArray(reply)) return undefined
    const [isUsedUp, ms] = reply.map(Number)
    if (isUsedUp === undefined || ms === undefined) return undefined
    return isUsedUp === 1 ? { kind: 'day-used', retryAfterMs: ms } : { kind: 'go', waitMs: ms }
  }

  return {
    async reserve({ path, callsPerSecond, callsPerDay = 0 }) {
      await connecting
      if (client?.isReady !== true || performance.now() < restUntilMs) return undefined
      try {
        const answer = await withPatience(ask(path, callsPerSecond, callsPerDay), PATIENCE_MS)
        if (answer !== LATE) return answer
      } catch {
        // It is going away, or does not take what we say: the machine's own way is always open.
      }
      restUntilMs = performance.now() + REST_MS
      return undefined
    },
    close() {
      isClosed = true
      client?.destroy()
    },
  }
}

/** Returns the result of `work`, or `LATE` after so long. */
async function withPatience<T>(work: Promise<T>, ms: number): Promise<T | typeof LATE> {
  const late = Promise.withResolvers<typeof LATE>()
  const timer = setTimeout(() => late.resolve(LATE), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
