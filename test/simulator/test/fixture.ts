/** Each test gets its own simulator, ended after it however it went. */
import { onTestFinished } from 'vitest'
import { type SimulatorOptions, startSimulator } from '../simulator.ts'
import { connect } from './raw-client.ts'

/** A simulator and a signed-in client. No frequency limits unless the test asks for them. */
export async function setUp(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ rate: 'off', ...options })
  const client = await connect(simulator)
  onTestFinished(async () => {
    await client.close()
    await simulator.close()
  })
  return { simulator, client }
}
