/** Every call of every kind of destination goes wrong once on the way; the same run gets over it by itself. */
import { describe, expect, it } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { THOROUGH } from '#test/kit/thorough.ts'
import type { FaultAction } from '#test/simulator/faults.ts'
import { LOST_ANSWERS } from './lost-answers.ts'
import { PLACE_NAMES, PLACES, type PlaceKind, SMALL_BLOCKS, writeFiles } from './places.ts'

const TROUBLE: Readonly<Record<string, FaultAction>> = {
  ...LOST_ANSWERS,
  'took too long, and took effect': { kind: 'late-error', status: 504, code: 1255040 },
}

const CASES = PLACE_NAMES.flatMap((place) => {
  const { callsBefore, callsAfter, family, names } = PLACES[place]
  const uploads = ['upload_finish', ...(names.length > 1 ? ['upload_all'] : [])]
  return [
    ...callsBefore.map((call) => ({ place, call, isUp: false })),
    ...uploads.map((name) => ({ place, call: `${family}/${name}`, isUp: false })),
    ...callsAfter.map((call) => ({ place, call, isUp: true })),
  ]
})

/** Each call meets both: it took effect, or it did not. */
const PLAIN = ['did not arrive', 'took effect and was not answered']

/** The other forms of the two fall to the calls in turn, unless each call is to meet all. */
function callsFor(what: string): typeof CASES {
  if (THOROUGH || PLAIN.includes(what)) return CASES
  const others = Object.keys(TROUBLE).filter((each) => !PLAIN.includes(each))
  return CASES.filter((_, index) => index % others.length === others.indexOf(what))
}

describe.concurrent('a call that', () => {
  describe.each(Object.keys(TROUBLE))('%s', (what) => {
    it.for(callsFor(what))('$call, for $place', async ({ place, call, isUp }, test) => {
      const scene = await openScene(test, { ...SMALL_BLOCKS, rate: 'off' })
      const kind: PlaceKind = PLACES[place]
      const { to, uploaded, expectShownOnce } = await kind.open(scene.simulator)
      const files = await writeFiles(scene, kind)
      scene.simulator.faults.add({ endpoint: call, do: TROUBLE[what] as FaultAction })
      const { end, transfers } = await work({
        baseUrl: scene.simulator.baseUrl,
        home: scene.home,
        paths: files.map(({ path }) => path),
        to,
        ...(kind.handling && { handling: kind.handling }),
        clock: fastClock(scene.simulator),
      })
      expect(end).toEqual({ kind: 'settled' })
      expect(transfers.map(({ state }) => state)).toMatchObject(files.map(() => ({ kind: 'done' })))
      expect(scene.simulator.faults.pending).toEqual([])
      await expectShownOnce(files)
      if (isUp) expect(uploaded(), 'uploaded, all in all').toHaveLength(files.length)
    })
  })
})
