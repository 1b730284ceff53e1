import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import { atLeast, type Benchmark, exactly } from '../figure.ts'
import { runFeidi } from '../kit/clients.ts'
import { folderOfFiles, withFolder } from '../kit/files.ts'
import { paceOf } from '../kit/pace.ts'

const SIZE_BYTES = 200_000
const CALLS_PER_SECOND = 5
const LATENCY_MS = 100
/**
 * Finding the lanes; included in the second figure. Calls leave five at a time, so what is left to
 * measure is a multiple of five intervals, or the end of a burst would count for more than its share.
 */
const WARM_UP = 19

/** A folder of many small files, one call each: what counts is that no call a second is left unused. */
export const smallFiles: Benchmark = {
  name: 'small-files',
  async run({ quick }) {
    const count = quick ? 100 : 500
    const simulator = await startSimulatorProcess({ storage: 'null', latencyMs: LATENCY_MS })
    try {
      const pace = await withFolder(async (folder) => {
        const files = await folderOfFiles(folder, count, SIZE_BYTES)
        const job = { simulator, folder, paths: [files], lanes: 'auto', to: 'folder' } as const
        await runFeidi(job, count)
        return paceOf(simulator, 'files/upload_all', WARM_UP)
      })
      const name = `${count} files of 200 KB at ${LATENCY_MS} ms`
      const share = pace.steadyPerSecond / CALLS_PER_SECOND
      return [
        {
          name: `${name}, steady state`,
          measured: `${pace.steadyPerSecond.toFixed(2)} / s`,
          baseline: `${CALLS_PER_SECOND} / s allowed`,
          ratio: share,
          goal: atLeast(share, 0.95),
        },
        { name: `${name}, with start-up`, measured: `${pace.withStartUpPerSecond.toFixed(2)} / s` },
        {
          name: '429 meanwhile',
          measured: String(pace.rateLimited),
          goal: exactly(pace.rateLimited, 0),
        },
      ]
    } finally {
      await simulator.close()
    }
  },
}
