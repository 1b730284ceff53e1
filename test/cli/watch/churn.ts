/** Programs at work in a watched folder, without a pause, while Feidi is killed again and again. */

import { createHash } from 'node:crypto'
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { randomBytesOf } from '#test/kit/feidi/random-bytes.ts'
import { KiB } from '#test/kit/feidi/scene.ts'

const PATHS = ['a.txt', 'b.bin', 'c.csv', '子/a.txt', '子/d.bin', '子/深/e.txt']
const SIZES = [500, 9 * KiB, 300 * KiB]
const LONGEST_PAUSE_MS = 120

/** A program that creates, writes slowly, changes, replaces, renames and deletes files. */
export class Churn {
  readonly #folder: string
  readonly #random: () => number
  readonly #seed: number
  /** SHA-256 of every content that was complete at some moment, also between two slow writes. */
  readonly versions = new Set<string>()
  #count = 0
  #isOver = false

  constructor(folder: string, seed: number, random: () => number) {
    this.#folder = folder
    this.#seed = seed
    this.#random = random
  }

  /** Works until `stop`. */
  async run(): Promise<void> {
    while (!this.#isOver) {
      await this.#act()
      await delay(this.#random() * LONGEST_PAUSE_MS)
    }
  }

  stop(): void {
    this.#isOver = true
  }

  async #act(): Promise<void> {
    const path = await this.#any()
    const acts = [
      () => this.#write(path),
      () => this.#write(path),
      () => this.#writeSlowly(path),
      () => this.#replace(path),
      async () => rename(path, await this.#any()),
      () => rm(path),
      () => utimes(path, new Date(), new Date()),
    ]
    // A missing file cannot be renamed, deleted or touched.
    await this.#pick(acts)().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }

  async #any(): Promise<string> {
    const path = join(this.#folder, this.#pick(PATHS))
    await mkdir(dirname(path), { recursive: true })
    return path
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T
  }

  #fresh(): Buffer {
    return randomBytesOf(`${this.#seed} ${++this.#count}`, this.#pick(SIZES))
  }

  async #write(path: string): Promise<void> {
    const bytes = this.#fresh()
    await writeFile(path, bytes)
    this.versions.add(hashOf(bytes))
  }

  async #writeSlowly(path: string): Promise<void> {
    const bytes = this.#fresh()
    const half = Math.floor(bytes.length / 2)
    await writeFile(path, bytes.subarray(0, half))
    // On a busy machine the pause may be longer than the settle time.
    this.versions.add(hashOf(bytes.subarray(0, half)))
    await delay(LONGEST_PAUSE_MS)
    await appendFile(path, bytes.subarray(half))
    this.versions.add(hashOf(bytes))
  }

  async #replace(path: string): Promise<void> {
    const bytes = this.#fresh()
    await writeFile(`${path}.tmp`, bytes)
    await rename(`${path}.tmp`, path)
    this.versions.add(hashOf(bytes))
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Every file below a folder: path below it -> SHA-256. */
export async function hashesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const hashes = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(folder.length + 1), hashOf(await readFile(path))] as const
  })
  return new Map(await Promise.all(hashes))
}
