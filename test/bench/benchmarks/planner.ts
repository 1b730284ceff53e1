import { aMorning, filmsFirst, liveWeeks, type WeeksResult } from '#test/kit/queue-weeks.ts'
import { type Benchmark, below, exactly, type Figure } from '../figure.ts'

const DAY_MS = 24 * 3_600_000

/** Weeks of a long queue on a virtual clock: what is planned, against first in, first out. */
export const planner: Benchmark = {
  name: 'planner',
  async run({ quick }) {
    const [files, callsPerDay] = quick ? [10_000, 1_000] : [100_000, 10_000]
    const lines = [
      ['20 Mbit/s', 2_500_000],
      ['2 Mbit/s', 250_000],
    ] as const
    return lines.flatMap(([line, bytesPerSecond]) =>
      measure(`${files} files, ${line}`, {
        files: filmsFirst(files, files / 200, 160, 7),
        ...{ bytesPerSecond, callsPerDay, mostDays: 90, startMs: aMorning() },
      }),
    )
  },
}

type Facts = Omit<Parameters<typeof liveWeeks>[0], 'policy'>

function measure(name: string, facts: Facts): Figure[] {
  const planned = liveWeeks({ ...facts, policy: 'planned' })
  const inOrder = liveWeeks({ ...facts, policy: 'in order' })
  const days = ({ doneMs = Number.POSITIVE_INFINITY }: WeeksResult) =>
    (doneMs - facts.startMs) / DAY_MS
  const week = ({ upByDay, filesUp }: WeeksResult) => upByDay[6] ?? filesUp
  const ratio = days(planned) / days(inOrder)
  return [
    {
      name: `${name}: all is up after`,
      measured: `${days(planned).toFixed(1)} days`,
      baseline: `${days(inOrder).toFixed(1)} days in order`,
      ratio,
      goal: below(ratio, 1, '≤ 1'),
    },
    {
      name: `${name}: files after a week`,
      measured: String(week(planned)),
      baseline: `${week(inOrder)} in order`,
      ratio: week(planned) / week(inOrder),
    },
    {
      name: `${name}: parts sent in vain`,
      measured: String(planned.wastedParts),
      baseline: `${inOrder.wastedParts} in order`,
      goal: exactly(planned.wastedParts, 0),
    },
  ]
}
