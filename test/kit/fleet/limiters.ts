/**
 * The ways in which a server may count calls. Feishu does not say which one is its own, so a fleet has to do with each.
 * A limiter is asked about calls in the order of their arrival (ms), and does not count those it refuses.
 */
type Limiter = (atMs: number) => boolean

const SECOND_MS = 1_000

/** At most `limit` calls in any second. */
function sliding(limit: number): Limiter {
  const accepted: number[] = []
  return (atMs) => {
    while ((accepted[0] ?? Infinity) <= atMs - SECOND_MS) accepted.shift()
    if (accepted.length >= limit) return false
    accepted.push(atMs)
    return true
  }
}

/** At most `limit` calls in each second of the server's clock. */
function fixed(limit: number, random: () => number): Limiter {
  const offsetMs = random() * SECOND_MS
  let second = -1
  let calls = 0
  return (atMs) => {
    const now = Math.floor((atMs + offsetMs) / SECOND_MS)
    if (now !== second) calls = 0
    second = now
    if (calls >= limit) return false
    calls += 1
    return true
  }
}

/** `limit` tokens a second, and as many in reserve. */
function bucket(limit: number): Limiter {
  let tokens = limit
  let sinceMs = 0
  return (atMs) => {
    tokens = Math.min(limit, tokens + ((atMs - sinceMs) * limit) / SECOND_MS)
    sinceMs = atMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

export const LIMITERS = { sliding, fixed, bucket } as const
export type LimiterKind = keyof typeof LIMITERS
