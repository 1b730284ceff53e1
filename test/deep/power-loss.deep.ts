import { it } from 'vitest'
import { wakeUpAtEach } from '#test/histories/power-loss.ts'
import { report } from './budget.ts'

it('after a power loss at any commit, nothing is lost, torn or twice', async () => {
  report('power losses', { commits: await wakeUpAtEach(1) })
})
