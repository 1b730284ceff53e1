import { expect, it } from 'vitest'
import { wakeUpAtEach } from './power-loss.ts'

it('after a power loss, or an old copy put back, nothing is lost, torn or twice', async () => {
  expect(await wakeUpAtEach(12)).toBeGreaterThan(5)
}, 120_000)
