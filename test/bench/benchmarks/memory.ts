import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import { type Benchmark, below } from '../figure.ts'
import { runFeidi } from '../kit/clients.ts'
import { BLOCK_BYTES, MiB, sparseFile, withFolder } from '../kit/files.ts'
import { paceOf } from '../kit/pace.ts'
import { median, slope } from '../kit/statistics.ts'

const GiB = 1024 * MiB
/** By then every buffer is taken, all code compiled, and the heap has found its size. */
const SETTLED_SHARE = 0.5
/** More growth than this over the settled part of the run would be a leak. */
const FLAT_MIB = 8

/** A file far bigger than memory should be no bigger burden than a small one. */
export const memory: Benchmark = {
  name: 'memory',
  async run({ quick }) {
    const sizeGiB = quick ? 4 : 10
    const simulator = await startSimulatorProcess({ storage: 'null', rate: 'off' })
    try {
      return await withFolder(async (folder) => {
        const path = await sparseFile(folder, (sizeGiB * GiB) / BLOCK_BYTES)
        const job = { simulator, folder, paths: [path], lanes: 'serial', unpaced: true } as const
        const { idle, working, durationMs } = await runFeidi(job)
        const pace = await paceOf(simulator, 'medias/upload_part', 0)
        const idleBytes = median(idle.rss.map(([, bytes]) => bytes))
        const peakBytes = Math.max(...working.rss.map(([, bytes]) => bytes))
        const settled = working.rss.filter(([atMs]) => atMs > durationMs * SETTLED_SHARE)
        const growthBytes = slope(settled) * durationMs * (1 - SETTLED_SHARE)
        const overIdle = (peakBytes - idleBytes) / MiB
        return [
          {
            name: `peak memory over idle, ${sizeGiB} GiB in one file, serial`,
            measured: `${overIdle.toFixed(1)} MiB`,
            baseline: `idle ${(idleBytes / MiB).toFixed(0)} MiB`,
            goal: below(overIdle, 64, '< 64 MiB'),
          },
          {
            name: `growth over the last ${(1 - SETTLED_SHARE) * 100}% of ${(durationMs / 1_000).toFixed(0)} s`,
            measured: `${(growthBytes / MiB).toFixed(1)} MiB`,
            goal: below(growthBytes / MiB, FLAT_MIB, `< ${FLAT_MIB} MiB`),
          },
          { name: 'speed meanwhile', measured: `${pace.steadyPerSecond.toFixed(0)} parts / s` },
        ]
      })
    } finally {
      await simulator.close()
    }
  },
}
