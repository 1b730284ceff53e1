/** The pace of a device that waits for a person. */
import { setTimeout as delay } from 'node:timers/promises'

/** RFC 8628 section 3.5. */
export const SLOW_DOWN_BY_MS = 5_000
export const LONGEST_INTERVAL_MS = 60_000

export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal })
}
