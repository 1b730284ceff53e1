import { expect, it } from 'vitest'
import { SpeedHistory } from '#main/app/live/speed-history.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'

it('keeps the speed of the last minutes, and no more', async () => {
  const clock = new FakeClock()
  let speed = 0
  const history = new SpeedHistory(clock, () => speed)
  const kept = history.keep()
  for (speed = 1; speed <= 400; speed++) await clock.advance(history.view.everyMs)
  const { samples, everyMs } = history.view
  expect(samples).toHaveLength(300_000 / everyMs)
  expect(samples.at(-1)).toBe(400)
  expect(samples).toEqual(samples.toSorted((a, b) => a - b))
  history.close()
  await kept
})
