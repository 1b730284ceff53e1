import fc from 'fast-check'
import { it } from 'vitest'
import { untilLate } from '#test/kit/until-late.ts'
import { type History, history } from './acts.ts'
import { live } from './live.ts'

/** Always the same, so that a red run tells of what was changed; `npm run test:deep` draws new ones. */
const SEED = 20_260_105
const RUNS = 200
/** They take a third of it; a busy machine tries fewer. */
const LONGEST_MS = 60_000

it('whatever happens, what is on the disk is in Feishu: nothing lost, torn or twice', async () => {
  const body = untilLate(LONGEST_MS, async (one: History) => void (await live(one)))
  const property = fc.asyncProperty(history, body)
  const seed = Number(process.env['FEIDI_SEED'] ?? SEED)
  await fc.assert(property, { seed, numRuns: RUNS })
}, 120_000)
