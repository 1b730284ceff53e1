import { expect, it } from 'vitest'
import { liveThroughStorm } from './storm.ts'

it('killed twice while files change all the time: all is in Feishu in the end, byte for byte', async (test) => {
  const storm = { seed: 1, kills: 2, longestLifeMs: 2_000 }
  const { versions } = await liveThroughStorm(test, storm)
  expect(versions).toBeGreaterThan(0)
})
