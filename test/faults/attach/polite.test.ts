/** Many files for one place, under the limits that Feishu documents: none of them is run into. */
import { describe, expect, it } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { PLACES } from './places.ts'

/** Not too fast: arrivals have to be told apart by the millisecond of the machine. */
const SPEED = 10
const FILES = 12

const BUSY_PLACES = [
  'new records of a Base',
  'one record of a Base',
  'a document',
  'a sheet',
  'a folder whose files are shared',
] as const

describe.concurrent('twelve files for', () => {
  it.for(BUSY_PLACES)('%s: no limit is run into', async (place, test) => {
    const scene = await openScene(test)
    const kind = PLACES[place]
    const { to, expectShownOnce } = await kind.open(scene.simulator)
    const files = await Promise.all(
      Array.from({ length: FILES }, (_, index) => scene.write(`${index}.png`, 100 + index)),
    )
    const { transfers } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: files.map(({ path }) => path),
      to,
      ...('handling' in kind && { handling: kind.handling }),
      clock: fastClock(scene.simulator, SPEED),
    })
    expect(new Set(transfers.map(({ state }) => state.kind))).toEqual(new Set(['done']))
    await expectShownOnce(files)
    const refused = scene.simulator.calls.filter(({ code }) => code !== 0)
    expect(refused.map(({ endpoint, code }) => `${endpoint} ${code}`)).toEqual([])
  })
})
