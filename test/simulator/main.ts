/**
 * The simulator as a program of its own:
 * `node test/simulator/main.ts [--port N] [--data DIR] [--storage disk|discard|null] [--block-size BYTES]
 * [--latency MS] [--bytes-per-second N] [--rate N|off] [--forbid-concurrency] [--second-finish VARIANT]
 * [--overwrite refused|supported|second-file] [--require-route-token]`
 */
import { parseArgs } from 'node:util'
import { furnish } from './furnish.ts'
import { DEFAULT_APP, ROOT_FOLDER_TOKEN } from './limits.ts'
import { formatReadyLine } from './ready-line.ts'
import { type SimulatorOptions, startSimulator } from './simulator.ts'

const STORAGE = ['disk', 'discard', 'null'] as const
const SECOND_FINISH = ['same-token', 'expired', 'not-found', 'second-file'] as const
const OVERWRITE = ['refused', 'supported', 'second-file'] as const

function readOptions(args: string[]): SimulatorOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      storage: { type: 'string' },
      'block-size': { type: 'string' },
      latency: { type: 'string' },
      'bytes-per-second': { type: 'string' },
      rate: { type: 'string' },
      'forbid-concurrency': { type: 'boolean' },
      'second-finish': { type: 'string' },
      overwrite: { type: 'string' },
      'require-route-token': { type: 'boolean' },
    },
  })
  return {
    admin: true,
    forbidConcurrency: values['forbid-concurrency'] ?? false,
    requireRouteToken: values['require-route-token'] ?? false,
    ...given('overwrite', oneOf('--overwrite', OVERWRITE, values.overwrite)),
    ...given('port', wholeNumber('--port', values.port)),
    ...given('dataDir', values.data),
    ...given('storage', oneOf('--storage', STORAGE, values.storage)),
    ...given('blockSizeBytes', wholeNumber('--block-size', values['block-size'])),
    ...given('latencyMs', wholeNumber('--latency', values.latency)),
    ...given('bytesPerSecond', wholeNumber('--bytes-per-second', values['bytes-per-second'])),
    ...given('rate', readRate(values.rate)),
    ...given('secondFinish', oneOf('--second-finish', SECOND_FINISH, values['second-finish'])),
  }
}

/** Calls a second for the endpoints that write; `off` lifts the daily limit as well. */
function readRate(text: string | undefined): SimulatorOptions['rate'] {
  if (text === 'off') return 'off'
  const writesPerSecond = wholeNumber('--rate', text)
  return writesPerSecond === undefined ? undefined : { writesPerSecond }
}

function given<Key extends string, Value>(key: Key, value: Value | undefined) {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>)
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new Error(`${flag} takes a whole number, not '${text}'`)
  return Number(text)
}

function oneOf<Value extends string>(
  flag: string,
  values: readonly Value[],
  text: string | undefined,
): Value | undefined {
  if (text === undefined) return undefined
  const value = values.find((each) => each === text)
  if (value === undefined) throw new Error(`${flag} takes ${values.join(', ')}, not '${text}'`)
  return value
}

async function main(): Promise<void> {
  const simulator = await startSimulator(readOptions(process.argv.slice(2)))
  const links = await furnish(simulator)
  const stop = async () => {
    await simulator.close()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  // A parent that spawned us with a channel takes us with it, however it ends.
  if (process.connected) process.once('disconnect', stop)
  process.stdout.write(
    formatReadyLine({
      baseUrl: simulator.baseUrl,
      appId: DEFAULT_APP.id,
      appSecret: DEFAULT_APP.secret,
      rootFolderToken: ROOT_FOLDER_TOKEN,
      ...links,
    }),
  )
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
