import { expect, it } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'

it('a media for a block names its document, where Feishu wants to know it', async (test) => {
  const { simulator, home, write } = await openScene(test, { rate: 'off', requireRouteToken: true })
  const { path } = await write('a.png', 1_000)
  const bring = async (to: string) => {
    const common = { baseUrl: simulator.baseUrl, home, paths: [path], clock: fastClock(simulator) }
    return (await work({ ...common, to, longestWaitMs: 60_000 })).stateOf(path)
  }
  expect(await bring('media:docx_image:blk1')).toMatchObject({ error: { code: 1061002 } })
  expect(await bring('media:docx_image:blk1?route=dox1')).toMatchObject({ kind: 'done' })
  expect(await bring('media:bitable_file:bascn1')).toMatchObject({ kind: 'done' })
})
