import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import { atLeast, type Benchmark } from '../figure.ts'
import { runFeidi, runUndici } from '../kit/clients.ts'
import { sparseFile, withFolder } from '../kit/files.ts'
import { paceOf } from '../kit/pace.ts'
import { median } from '../kit/statistics.ts'

/** Parts until the code is compiled and the connection warm. */
const WARM_UP = 60
const PART_MIB = 4

/**
 * The cost of checksum, disk, checkpoint and call policy: no limits, no latency, against undici
 * alone.
 */
export const ceiling: Benchmark = {
  name: 'ceiling',
  async run({ quick }) {
    const parts = quick ? 260 : 460
    const rounds = quick ? 1 : 3
    const simulator = await startSimulatorProcess({ storage: 'null', rate: 'off' })
    const rates = { undici: [] as number[], serial: [] as number[], auto: [] as number[] }
    try {
      await withFolder(async (folder) => {
        const path = await sparseFile(folder, parts)
        const measure = async (into: number[], run: () => Promise<unknown>) => {
          await simulator.resetCounters()
          await run()
          into.push((await paceOf(simulator, 'medias/upload_part', WARM_UP)).steadyPerSecond)
        }
        const feidi = (lanes: 'serial' | 'auto') =>
          runFeidi({ simulator, folder, paths: [path], lanes, unpaced: true })
        // In turn, so that whatever else the machine does meets all of them.
        for (let round = 0; round < rounds; round++) {
          await measure(rates.undici, () => runUndici(simulator, parts))
          await measure(rates.serial, () => feidi('serial'))
          await measure(rates.auto, () => feidi('auto'))
        }
      })
    } finally {
      await simulator.close()
    }
    const alone = median(rates.undici)
    return (['serial', 'auto'] as const).map((lanes) => {
      const ratio = median(rates[lanes].map((rate, round) => rate / (rates.undici[round] ?? 0)))
      return {
        name: `one big file, no limits, lanes ${lanes}`,
        measured: mibPerSecond(median(rates[lanes])),
        baseline: `${mibPerSecond(alone)} undici alone`,
        ratio,
        goal: atLeast(ratio, 0.7),
      }
    })
  },
}

function mibPerSecond(partsPerSecond: number): string {
  return `${(partsPerSecond * PART_MIB).toFixed(0)} MiB/s`
}
