import { dirname, join } from 'node:path'
import type { MemoryDisk } from '#test/kit/memory-disk.ts'
import type { FileAct } from './acts.ts'

/** A program that has not written everything yet. */
interface Writer {
  readonly path: string
  /** The file's contents after each of its writes to come. */
  readonly states: Uint8Array[]
  readonly keepsTime: boolean
}

/** Content is one line, again and again, that no other content has. */
const LINE_BYTES = 8

/** Those who work in the watched folder, and their programs. */
export class People {
  readonly #disk: MemoryDisk
  readonly #folder: string
  readonly #nowMs: () => number
  #writers: Writer[] = []
  #contents = 0

  constructor(disk: MemoryDisk, folder: string, nowMs: () => number) {
    this.#disk = disk
    this.#folder = folder
    this.#nowMs = nowMs
  }

  /** Some have written only a part. */
  get areWriting(): boolean {
    return this.#writers.length > 0
  }

  act(one: FileAct): void {
    try {
      this.#act(one, join(this.#folder, one.path))
    } catch (error) {
      // A file where a folder would have to be, and the like: it does not happen then.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
    }
  }

  /** Those who write slowly write some more. */
  writeOn(): void {
    for (const writer of [...this.#writers]) this.#writeOn(writer)
  }

  #act(one: FileAct, path: string): void {
    const disk = this.#disk
    if (one.do === 'write') disk.write(path, this.#fresh(one.size))
    else if (one.do === 'write-slowly') this.#writeSlowly(path, this.#fresh(one.size))
    else if (one.do === 'replace') this.#replace(path, this.#fresh(one.size))
    else if (one.do === 'delete') disk.remove(path)
    else if (one.do === 'rename') disk.rename(path, join(this.#folder, one.to))
    else this.#actOnFile(one, path, disk.bytesOf(path))
  }

  #actOnFile(one: FileAct, path: string, before: Uint8Array | undefined): void {
    const disk = this.#disk
    if (before === undefined) return
    if (one.do === 'patch') this.#patch(path, before, one.keepsTime)
    else if (one.do === 'edit-keeping-time') this.#keepingTime(path, this.#fresh(before.length))
    else if (one.do === 'touch') disk.setTime(path, this.#nowMs())
    else if (one.do === 'forbid') disk.setReadable(path, false)
    else if (one.do === 'allow') disk.setReadable(path, true)
    else if (one.do === 'copy' && one.path !== one.to) {
      disk.write(join(this.#folder, one.to), before)
    } else if (one.do === 'save-aside') {
      disk.rename(path, join(this.#folder, one.to))
      disk.write(path, this.#fresh(one.size))
    }
  }

  #writeSlowly(path: string, bytes: Uint8Array): void {
    const third = Math.ceil(bytes.length / 3)
    this.#disk.write(path, bytes.slice(0, third))
    const states = [bytes.slice(0, 2 * third), bytes]
    this.#writers.push({ path, states, keepsTime: false })
  }

  #patch(path: string, before: Uint8Array, keepsTime: boolean): void {
    const after = this.#fresh(before.length)
    const half = Math.floor(before.length / 2)
    const torn = Uint8Array.from([...after.slice(0, half), ...before.slice(half)])
    const writer = { path, states: [torn, after], keepsTime }
    this.#writers.push(writer)
    this.#writeOn(writer)
  }

  #writeOn(writer: Writer): void {
    const { path, states, keepsTime } = writer
    const bytes = states.shift()
    // Another person may have removed the file meanwhile.
    if (bytes !== undefined && this.#disk.bytesOf(path) !== undefined) {
      if (keepsTime) this.#keepingTime(path, bytes)
      else this.#disk.write(path, bytes)
    } else this.#writers = this.#writers.filter((other) => other !== writer)
  }

  #replace(path: string, bytes: Uint8Array): void {
    const aside = join(dirname(path), '.new.swp')
    this.#disk.write(aside, bytes)
    try {
      this.#disk.rename(aside, path)
    } finally {
      // A folder may be in the way.
      this.#disk.remove(aside)
    }
  }

  #keepingTime(path: string, bytes: Uint8Array): void {
    const mtimeMs = this.#disk.mtimeOf(path)
    this.#disk.write(path, bytes)
    this.#disk.setTime(path, mtimeMs)
  }

  #fresh(sizeBytes: number): Uint8Array {
    const line = `<${this.#contents++}>`.padEnd(LINE_BYTES)
    return new TextEncoder().encode(
      line.repeat(Math.ceil(sizeBytes / LINE_BYTES)).slice(0, sizeBytes),
    )
  }
}
