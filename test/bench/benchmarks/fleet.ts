import { LIMITERS, type LimiterKind } from '#test/kit/fleet/limiters.ts'
import { figuresOf } from '#test/kit/fleet/measures.ts'
import { simulateFleet } from '#test/kit/fleet/simulate.ts'
import { atLeast, type Benchmark, below, type Figure } from '../figure.ts'

const FLEETS = [1, 2, 4, 10, 50, 500]
/** A window of 20 fair calls a machine: what a fleet is given to settle, and how many of them are measured. */
const WINDOW_MS = 4_000
const SETTLING_WINDOWS = 2
const MEASURED_WINDOWS = 10

/** Machines that share one app without knowing of each other, on a virtual clock, against three kinds of limiters. */
export const fleet: Benchmark = {
  name: 'fleet',
  async run({ quick }) {
    const kinds = Object.keys(LIMITERS) as LimiterKind[]
    return kinds.flatMap((limiter) =>
      FLEETS.filter((machines) => !quick || machines < 500).flatMap((machines) =>
        measure(limiter, machines, quick ? [1] : [1, 2, 3]),
      ),
    )
  },
}

function measure(limiter: LimiterKind, machines: number, seeds: readonly number[]): Figure[] {
  const windowMs = WINDOW_MS * machines
  const fromMs = Math.max(30_000, SETTLING_WINDOWS * windowMs)
  const untilMs = fromMs + Math.max(MEASURED_WINDOWS * windowMs, 120_000)
  const runs = seeds.map((seed) =>
    figuresOf(simulateFleet({ machines, limiter, seed, untilMs }), machines, fromMs, untilMs),
  )
  const mean = (of: keyof (typeof runs)[number]) =>
    runs.reduce((sum, figures) => sum + figures[of], 0) / runs.length
  const name = `${machines} machines, ${limiter} limiter`
  const perSecond = mean('perSecond')
  const refused = mean('refused')
  const fairness = mean('fairness')
  return [
    {
      name: `${name}: calls together`,
      measured: `${perSecond.toFixed(2)} / s`,
      goal: atLeast(perSecond, machines === 1 ? 4.75 : 4.5),
    },
    {
      name: `${name}: refused`,
      measured: `${(100 * refused).toFixed(1)}%`,
      goal: below(refused, 0.05, '< 5%'),
    },
    ...(machines === 1
      ? []
      : [
          {
            name: `${name}: fairness (Jain)`,
            measured: `${fairness.toFixed(2)}, longest wait ${mean('longestWait').toFixed(0)} intervals`,
            goal: atLeast(fairness, 0.9),
          },
        ]),
  ]
}
