import fc from 'fast-check'
import { it } from 'vitest'
import { history } from '#test/histories/acts.ts'
import { live } from '#test/histories/live.ts'
import { addTo, report, seedsFor } from './budget.ts'

/** Histories of one seed. */
const RUNS = 50

it('whatever happens, what is on the disk is in Feishu: nothing lost, torn or twice', async () => {
  const sum: Record<string, number> = {}
  const property = fc.asyncProperty(history, async (one) => addTo(sum, { ...(await live(one)) }))
  for (const seed of seedsFor(1)) await fc.assert(property, { seed, numRuns: RUNS })
  report('histories', sum)
})
