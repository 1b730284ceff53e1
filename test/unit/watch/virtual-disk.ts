import fs, { type BigIntStats, lstatSync } from 'node:fs'
import { type Disk, setDisk } from '#main/lib/file-system.ts'

/**
 * Real files with numbers and times of change that are told by the test: a number is used again as
 * soon as it is free, as ext4 does, and no two changes happen at the same time.
 */
export class VirtualDisk {
  readonly #facts = new Map<bigint, { number: bigint; changedNs: bigint }>()
  #ticks = 0n

  constructor() {
    const told = (stats: BigIntStats) => this.#told(stats)
    const look =
      (ask: typeof fs.lstat | typeof fs.stat) =>
      (
        path: string,
        options: { bigint: true },
        done: (...outcome: [Error | null, BigIntStats]) => void,
      ) =>
        ask(path, options, (error, stats) => done(error, error === null ? told(stats) : stats))
    const { promises } = fs
    setDisk({
      lstat: look(fs.lstat),
      stat: look(fs.stat),
      promises: {
        ...promises,
        lstat: async (path: string) => told(await promises.lstat(path, { bigint: true })),
        stat: async (path: string) => told(await promises.stat(path, { bigint: true })),
        open: async (path: string, flags: number) => {
          const file = await promises.open(path, flags)
          const stat = file.stat.bind(file)
          return Object.assign(file, { stat: async () => told(await stat({ bigint: true })) })
        },
      },
    } as unknown as Disk)
  }

  /** Back to what the system tells. */
  close(): void {
    setDisk(fs)
  }

  /** A file was made: it gets the lowest number that is free. */
  made(path: string): void {
    const used = new Set([...this.#facts.values()].map(({ number }) => number))
    let number = 1n
    while (used.has(number)) number += 1n
    this.#facts.set(inodeOf(path), { number, changedNs: this.#next() })
  }

  /** A file was written, renamed, or given other times. */
  changed(path: string): void {
    const facts = this.#facts.get(inodeOf(path))
    if (facts !== undefined) facts.changedNs = this.#next()
  }

  /** A file is about to be deleted, or replaced by another. */
  leaves(path: string): void {
    this.#facts.delete(inodeOf(path))
  }

  #next(): bigint {
    this.#ticks += 1n
    return this.#ticks * 1_000_000n
  }

  #told(stats: BigIntStats): BigIntStats {
    const facts = this.#facts.get(stats.ino)
    if (facts === undefined) return stats
    return Object.assign(stats, { ino: facts.number, ctimeNs: facts.changedNs })
  }
}

function inodeOf(path: string): bigint {
  return lstatSync(path, { bigint: true }).ino
}
