/** The figures of a fleet between two times. */
import type { Arrival } from './simulate.ts'

const LIMIT = 5
const CALLS_A_WINDOW = 20

export interface FleetFigures {
  /** Accepted calls a second, of all machines. */
  readonly perSecond: number
  /** The part of all calls that was refused. */
  readonly refused: number
  /** Jain's fairness over windows of 20 fair calls a machine: 1 when all had the same. Mean of all windows. */
  readonly fairness: number
  /** The longest time between two accepted calls of a machine, in fair intervals. */
  readonly longestWait: number
}

export function figuresOf(
  arrivals: readonly Arrival[],
  machines: number,
  fromMs: number,
  untilMs: number,
): FleetFigures {
  const within = arrivals.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs)
  const accepted = within.filter((arrival) => arrival.accepted)
  const fairIntervalMs = (machines * 1_000) / LIMIT
  const windowMs = CALLS_A_WINDOW * fairIntervalMs
  const windows: number[] = []
  for (let startMs = fromMs; startMs + windowMs <= untilMs; startMs += windowMs) {
    windows.push(jain(countsOf(accepted, machines, startMs, startMs + windowMs)))
  }
  const last = new Map<number, number>()
  let longestMs = 0
  for (const { machine, atMs } of accepted) {
    longestMs = Math.max(longestMs, atMs - (last.get(machine) ?? fromMs))
    last.set(machine, atMs)
  }
  return {
    perSecond: (accepted.length * 1_000) / (untilMs - fromMs),
    refused: 1 - accepted.length / Math.max(within.length, 1),
    fairness: windows.reduce((sum, value) => sum + value, 0) / Math.max(windows.length, 1),
    longestWait: longestMs / fairIntervalMs,
  }
}

/** Returns the seconds after `fromMs` until a machine has had the whole rate for five of them; undefined: never. */
export function takenBackAfterSeconds(
  arrivals: readonly Arrival[],
  machine: number,
  fromMs: number,
): number | undefined {
  const times = arrivals
    .filter((arrival) => arrival.accepted && arrival.machine === machine && arrival.atMs >= fromMs)
    .map(({ atMs }) => (atMs - fromMs) / 1_000)
  const latest = times.at(-1) ?? 0
  for (let second = 0; second + 5 < latest; second++) {
    if (times.filter((at) => at >= second && at < second + 5).length >= 4.6 * 5) return second + 5
  }
  return undefined
}

function countsOf(
  accepted: readonly Arrival[],
  machines: number,
  fromMs: number,
  untilMs: number,
): number[] {
  const counts = Array<number>(machines).fill(0)
  for (const { atMs, machine } of accepted) {
    if (atMs >= fromMs && atMs < untilMs) counts[machine] = (counts[machine] ?? 0) + 1
  }
  return counts
}

function jain(counts: readonly number[]): number {
  const sum = counts.reduce((total, count) => total + count, 0)
  const squares = counts.reduce((total, count) => total + count * count, 0)
  return squares === 0 ? 0 : (sum * sum) / (counts.length * squares)
}
