/** Speed as the server saw it: the same yardstick for every client. */
import type { CallRecord } from '#test/simulator/call-log.ts'
import type { SimulatorProcess } from '#test/simulator/remote-simulator.ts'

const RATE_LIMITED = 99991400
const NOT_AT_ONCE = 1061045

export interface Pace {
  /** Accepted calls. */
  readonly accepted: number
  /** Calls refused with 429 for their frequency, to any endpoint. */
  readonly rateLimited: number
  /** Calls refused with 1061045, to any endpoint. */
  readonly collided: number
  /** Accepted calls a second after the first `warmUp`, from arrival to arrival. */
  readonly steadyPerSecond: number
  /** The same from the very first call of the client, whatever it was, to the last accepted one. */
  readonly withStartUpPerSecond: number
}

/** Returns how fast the calls to `endpoint` (such as `medias/upload_part`) have come so far. */
export async function paceOf(
  simulator: SimulatorProcess,
  endpoint: string,
  warmUp: number,
): Promise<Pace> {
  const calls = await simulator.calls()
  const accepted = calls.filter((call) => call.endpoint === endpoint && call.fate === 'committed')
  const first = calls[0]
  return {
    accepted: accepted.length,
    rateLimited: calls.filter((call) => call.code === RATE_LIMITED).length,
    collided: calls.filter((call) => call.code === NOT_AT_ONCE).length,
    steadyPerSecond: perSecond(accepted.slice(warmUp)),
    withStartUpPerSecond: first === undefined ? 0 : perSecond([first, ...accepted]),
  }
}

function perSecond(calls: readonly CallRecord[]): number {
  const first = calls[0]
  const last = calls.at(-1)
  if (first === undefined || last === undefined || first === last) return 0
  return ((calls.length - 1) * 1_000) / Math.max(last.atMs - first.atMs, 1)
}
