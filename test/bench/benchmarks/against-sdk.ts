import {
  type ProcessOptions,
  type SimulatorProcess,
  startSimulatorProcess,
} from '#test/simulator/remote-simulator.ts'
import { atLeast, type Benchmark, exactly, type Figure } from '../figure.ts'
import { runFeidi, runSdk } from '../kit/clients.ts'
import { sparseFile, withFolder } from '../kit/files.ts'
import { type Pace, paceOf } from '../kit/pace.ts'

const PARTS = 'medias/upload_part'
/**
 * By then the number of lanes is found at any latency here. The rest is a multiple of five
 * intervals.
 */
const WARM_UP = 40
/** A short file on a line that an earlier process has come to know. */
const KNOWN_LINE_PARTS = 40
/** The SDK needs no warm-up: it never does more than one thing at a time. */
const SDK_PARTS = 30

/**
 * One file in parts at the documented 5 calls a second: Feidi and the SDK at the same time, each
 * against a simulator of its own of the same kind.
 */
export const againstSdk: Benchmark = {
  name: 'against-sdk',
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const parts = WARM_UP + (quick ? 31 : 121)
      const files = {
        feidi: await sparseFile(folder, parts),
        sdk: await sparseFile(folder, SDK_PARTS),
        again: await sparseFile(folder, KNOWN_LINE_PARTS),
      }
      const figures: Figure[] = []
      for (const latencyMs of [20, 300, 600]) {
        figures.push(...(await atLatency(latencyMs, folder, files)))
      }
      return [...figures, await whereOnlyOneMay(folder, files.feidi)]
    }),
}

async function atLatency(
  latencyMs: number,
  folder: string,
  files: { feidi: string; sdk: string; again: string },
): Promise<Figure[]> {
  const [feidi, sdk] = await Promise.all([
    withSimulator({ latencyMs }, async (simulator) => {
      const job = { simulator, folder, home: `home-at-${latencyMs}`, lanes: 'auto' } as const
      await runFeidi({ ...job, paths: [files.feidi] })
      const first = await paceOf(simulator, PARTS, WARM_UP)
      await simulator.resetCounters()
      await runFeidi({ ...job, paths: [files.again] }, 2)
      return { ...first, known: await paceOf(simulator, PARTS, 0) }
    }),
    withSimulator({ latencyMs }, async (simulator) => {
      const { crash } = await runSdk(simulator, files.sdk)
      return { crash, ...(await paceOf(simulator, PARTS, 0)) }
    }),
  ])
  const sdkEnd = sdk.crash === undefined ? '' : `, crashed after ${sdk.accepted} parts`
  const sdkPace =
    sdk.crash === undefined ? `${perSecond(sdk.steadyPerSecond)}` : 'no speed to speak of'
  return [
    {
      name: `parts at ${latencyMs} ms, steady state`,
      measured: perSecond(feidi.steadyPerSecond),
      baseline: `SDK ${sdkPace}${sdkEnd}`,
      ...(sdk.crash === undefined && { ratio: feidi.steadyPerSecond / sdk.steadyPerSecond }),
      ...(latencyMs <= 300 && { goal: atLeast(feidi.steadyPerSecond, 4.75) }),
    },
    {
      name: `parts at ${latencyMs} ms, with start-up (${feidi.accepted} parts)`,
      measured: perSecond(feidi.withStartUpPerSecond),
    },
    {
      name: `parts at ${latencyMs} ms, second process, from its first part (${feidi.known.accepted} parts)`,
      measured: perSecond(feidi.known.steadyPerSecond),
      ...(latencyMs === 300 && { goal: atLeast(feidi.known.steadyPerSecond, 4.75) }),
    },
    {
      name: `429 at ${latencyMs} ms`,
      measured: String(feidi.rateLimited),
      baseline: `SDK ${sdk.rateLimited}`,
      goal: exactly(feidi.rateLimited, 0),
    },
  ]
}

/** A server that forbids concurrent calls: looking for more lanes must cost next to nothing. */
async function whereOnlyOneMay(folder: string, path: string): Promise<Figure> {
  const run = (lanes: 'auto' | 'serial'): Promise<Pace> =>
    withSimulator({ latencyMs: 300, forbidConcurrency: true }, async (simulator) => {
      await runFeidi({ simulator, folder, paths: [path], lanes })
      return paceOf(simulator, PARTS, WARM_UP)
    })
  const [auto, serial] = await Promise.all([run('auto'), run('serial')])
  const ratio = auto.withStartUpPerSecond / serial.withStartUpPerSecond
  return {
    name: `parts at 300 ms, one call at a time only, with start-up (1061045: ${auto.collided})`,
    measured: perSecond(auto.withStartUpPerSecond),
    baseline: `${perSecond(serial.withStartUpPerSecond)} with --lanes serial`,
    ratio,
    goal: atLeast(ratio, 0.95),
  }
}

async function withSimulator<T>(
  options: ProcessOptions,
  work: (simulator: SimulatorProcess) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulatorProcess({ storage: 'null', ...options })
  try {
    return await work(simulator)
  } finally {
    await simulator.close()
  }
}

function perSecond(rate: number): string {
  return `${rate.toFixed(2)} / s`
}
