import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import { type Benchmark, below, type Figure } from '../figure.ts'
import { runFeidi } from '../kit/clients.ts'
import { sparseFile, withFolder } from '../kit/files.ts'

const LATENCY_MS = 100

/** The time any other work in Feidi's process (a window, a web page) waits for its turn. */
export const eventLoop: Benchmark = {
  name: 'event-loop',
  run: ({ quick }) =>
    withFolder(async (folder) => [
      await whileUploading(folder, { parts: quick ? 30 : 80, rate: 5 }),
      await whileUploading(folder, { parts: quick ? 400 : 1_200, rate: 'off' }),
    ]),
}

async function whileUploading(
  folder: string,
  { parts, rate }: { parts: number; rate: number | 'off' },
): Promise<Figure> {
  const unpaced = rate === 'off'
  const latencyMs = unpaced ? 0 : LATENCY_MS
  const simulator = await startSimulatorProcess({ storage: 'null', rate, latencyMs })
  try {
    const paths = [await sparseFile(folder, parts)]
    const { idle, working } = await runFeidi({ simulator, folder, paths, lanes: 'auto', unpaced })
    const { p99, longest } = working.delayMs
    return {
      name: `event loop delay p99, ${unpaced ? 'as fast as it goes' : '5 parts a second'}`,
      measured: `${p99.toFixed(1)} ms (longest ${longest.toFixed(0)})`,
      baseline: `${idle.delayMs.p99.toFixed(1)} ms idle (longest ${idle.delayMs.longest.toFixed(0)})`,
      goal: below(p99, 20, '< 20 ms'),
    }
  } finally {
    await simulator.close()
  }
}
