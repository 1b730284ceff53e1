/** The day's calls are used up, and Feishu says so with the code of calls that collide, and no time. */
import { expect, it } from 'vitest'
import { exitCodeAfter } from '#main/cli/exit-code.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

const DAY_MS = 24 * 3_600_000

it('is suspected, said, and gone on with the next day', async (test) => {
  const scene = await openScene(test, { rate: { writesPerDay: 3, silent: true } })
  const { simulator, home, to } = scene
  const files = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) => scene.write(`${name}.bin`, 100)),
  )
  const clock = fastClock(simulator, 1000)
  const request = {
    ...{ baseUrl: simulator.baseUrl, home, to, clock, lanes: 'serial' as const },
    paths: files.map(({ path }) => path),
    longestWaitMs: 900_000,
  }
  const first = await work(request)
  expect(first.end).toMatchObject({ kind: 'waiting', error: { code: 'daily-quota-suspected' } })
  const outcome = { failed: 0, queued: 2, unsettled: 0, blocked: 0, aboutRights: false }
  expect(exitCodeAfter(first.end, outcome)).toBe(75)
  expect(first.transfers.filter(({ state }) => state.kind === 'done')).toHaveLength(3)
  expect(simulator.callsTo('files/upload_all').length).toBeLessThan(3 + 40)
  clock.advance(DAY_MS)
  expect((await work(request)).end).toEqual({ kind: 'settled' })
  for (const file of files) await expectOnce(simulator, scene.folderToken, file)
})
