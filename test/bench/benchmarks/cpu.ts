import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import type { Benchmark, Figure } from '../figure.ts'
import { runFeidi, runSdk } from '../kit/clients.ts'
import { BLOCK_BYTES, sparseFile, withFolder } from '../kit/files.ts'

/** Far enough for the SDK to stay below 5 parts a second: it crashes when it is refused. */
const LATENCY_MS = 300
const GiB = 1024 * 1024 * 1024

/** The cost of a GiB to a laptop's battery, at the pace that Feishu allows: Feidi, then the SDK. */
export const cpu: Benchmark = {
  name: 'cpu',
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const parts = quick ? 30 : 100
      const path = await sparseFile(folder, parts)
      const feidi = await ofFeidi(folder, path)
      return [figureOf(parts, feidi, await ofSdk(path))]
    }),
}

function figureOf(parts: number, feidiMs: number, sdkMs: number): Figure {
  const perGiB = (ms: number) =>
    `${((ms / 1_000 / parts) * (GiB / BLOCK_BYTES)).toFixed(1)} s / GiB`
  return {
    name: `CPU time at 5 parts a second (${parts} parts)`,
    measured: perGiB(feidiMs),
    baseline: `SDK ${perGiB(sdkMs)}`,
    ratio: feidiMs / sdkMs,
  }
}

async function ofFeidi(folder: string, path: string): Promise<number> {
  const simulator = await startSimulatorProcess({ storage: 'null', latencyMs: LATENCY_MS })
  try {
    return (await runFeidi({ simulator, folder, paths: [path], lanes: 'auto' })).cpuMs
  } finally {
    await simulator.close()
  }
}

async function ofSdk(path: string): Promise<number> {
  const simulator = await startSimulatorProcess({ storage: 'null', latencyMs: LATENCY_MS })
  try {
    const { result, crash } = await runSdk(simulator, path)
    if (result === undefined) throw new Error(`the SDK did not get there: ${crash}`)
    return result.cpuMs
  } finally {
    await simulator.close()
  }
}
