/** Many machines that share one app, on a virtual clock: the product's pace against a limiter that knows nothing of it. */
import {
  admitted,
  nextCallMs,
  onTheWire,
  type Pace,
  refused,
  taken,
} from '#shared/transfer/pace.ts'
import { rateWindow } from '#shared/transfer/rate-window.ts'
import { LIMITERS, type LimiterKind } from './limiters.ts'

export interface FleetOptions {
  readonly machines: number
  readonly limiter: LimiterKind
  readonly seed: number
  readonly untilMs: number
  /** When a machine begins to call; within three seconds unless said. */
  readonly startMs?: (machine: number) => number
  /** When it stops; never unless said. */
  readonly stopMs?: (machine: number) => number
}

export interface Arrival {
  readonly atMs: number
  readonly machine: number
  readonly accepted: boolean
}

const LIMIT = 5
/** An accepted call is answered after so long; a refusal comes at once. */
const SERVICE_MS = 200

/** Runs a fleet whose machines always have work. Returns every call as it arrived, in order. */
export function simulateFleet(options: FleetOptions): Arrival[] {
  const { machines, limiter, seed, untilMs } = options
  const random = randomOf(seed)
  const admits = LIMITERS[limiter](LIMIT, random)
  const agenda = new Agenda()
  const arrivals: Arrival[] = []
  for (let machine = 0; machine < machines; machine++) {
    const startMs = options.startMs?.(machine) ?? random() * 3_000
    const stopMs = Math.min(options.stopMs?.(machine) ?? Infinity, untilMs)
    const onWayMs = 10 + random() * 90
    // A clock of its own: off by hours, and too fast or slow by up to 50 ppm.
    const offMs = (random() - 0.5) * 1e7
    const drift = 1 + (random() - 0.5) * 1e-4
    const local = (atMs: number) => 1e12 + offMs + atMs * drift
    let pace: Pace = { window: rateWindow(LIMIT) }
    let isPlanned = false
    const plan = (nowMs: number) => {
      if (isPlanned || nowMs > stopMs) return
      const waitMs = Math.max(0, nextCallMs(pace) - local(nowMs)) / drift
      if (!Number.isFinite(waitMs)) return
      isPlanned = true
      // A timer of a busy machine is late.
      agenda.add(nowMs + waitMs + exponential(random, 1.5), send)
    }
    const send = (nowMs: number) => {
      isPlanned = false
      // A refusal has put the next call off meanwhile.
      if (nextCallMs(pace) > local(nowMs)) return plan(nowMs)
      pace = onTheWire(admitted(pace, local(nowMs), random()), local(nowMs))
      agenda.add(nowMs + onWayMs + exponential(random, 8), (atMs) => {
        const accepted = admits(atMs)
        arrivals.push({ atMs, machine, accepted })
        agenda.add(atMs + onWayMs + (accepted ? SERVICE_MS : 0), (answeredMs) => {
          pace = accepted ? taken(pace) : refused(pace, local(answeredMs), random())
          plan(answeredMs)
        })
      })
      plan(nowMs)
    }
    agenda.add(startMs, plan)
  }
  agenda.runUntil(untilMs)
  return arrivals
}

/** The acts that are due, by time: a binary heap. */
class Agenda {
  readonly #heap: { readonly atMs: number; readonly act: (nowMs: number) => void }[] = []

  add(atMs: number, act: (nowMs: number) => void): void {
    const heap = this.#heap
    let index = heap.push({ atMs, act }) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (this.#at(parent) <= this.#at(index)) return
      this.#swap(parent, index)
      index = parent
    }
  }

  runUntil(endMs: number): void {
    for (;;) {
      const next = this.#heap[0]
      if (next === undefined || next.atMs > endMs) return
      this.#dropFirst()
      next.act(next.atMs)
    }
  }

  #dropFirst(): void {
    const heap = this.#heap
    this.#swap(0, heap.length - 1)
    heap.pop()
    for (let index = 0; ; ) {
      const child = 2 * index + 1
      const least = this.#at(child + 1) < this.#at(child) ? child + 1 : child
      if (this.#at(index) <= this.#at(least)) return
      this.#swap(index, least)
      index = least
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.atMs ?? Infinity
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap
    const [first, second] = [heap[a], heap[b]]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }
}

function exponential(random: () => number, mean: number): number {
  return -Math.log(1 - random()) * mean
}

/** A generator of numbers in [0, 1) that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
