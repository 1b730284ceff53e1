/** The official SDK as a client of a simulator. */
import * as lark from '@larksuiteoapi/node-sdk'
import { onTestFinished } from 'vitest'
import { DEFAULT_APP } from '../limits.ts'
import { type SimulatorOptions, startSimulator } from '../simulator.ts'

/** A simulator and an SDK client of the default app. No frequency limits unless the test asks for them. */
export async function setUpSdk(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ rate: 'off', ...options })
  onTestFinished(() => simulator.close())
  const sdk = new lark.Client({
    appId: DEFAULT_APP.id,
    appSecret: DEFAULT_APP.secret,
    domain: simulator.baseUrl,
    logger: { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore },
    // The default cache is shared by all clients of the process, and every simulator has tokens of its own.
    cache: privateCache(),
  })
  return { simulator, sdk }
}

function ignore(): void {}

function privateCache() {
  const values = new Map<unknown, unknown>()
  return {
    get: async (key: unknown) => values.get(key),
    set: async (key: unknown, value: unknown) => {
      values.set(key, value)
      return true
    },
  }
}
