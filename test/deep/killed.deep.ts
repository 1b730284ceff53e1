import { it } from 'vitest'
import { liveThroughStorm } from '#test/cli/watch/storm.ts'
import { addTo, report, seedsFor } from './budget.ts'

/** Kills of one storm, and for how long a process lives. */
const KILLS = 12
const LONGEST_LIFE_MS = 6_000

it('killed again and again while files change: nothing lost, nothing torn', async (test) => {
  const sum: Record<string, number> = {}
  for (const seed of seedsFor(1)) {
    const storm = { seed, kills: KILLS, longestLifeMs: LONGEST_LIFE_MS }
    addTo(sum, { ...(await liveThroughStorm(test, storm)) })
  }
  report('storms', sum)
})
