/** The one way to people's files: whatever looks at them, watches them or reads them goes by here. */
import nodeFs, { type BigIntStats, type Dirent } from 'node:fs'
import { sep } from 'node:path'
import { isVanished } from './errno.ts'

export { type BigIntStats, constants, type Dirent } from 'node:fs'

export type FileHandle = nodeFs.promises.FileHandle

/** Node's `fs`, as far as it is used here. */
export type Disk = Pick<typeof nodeFs, 'lstat' | 'stat'> & {
  readonly promises: Pick<
    typeof nodeFs.promises,
    'access' | 'lstat' | 'open' | 'readdir' | 'readFile' | 'realpath' | 'stat'
  >
}

/** Files asked for at a time: enough to keep the disk busy, few enough to stay light. */
const STATS_AT_A_TIME = 32

let disk: Disk = nodeFs

/** Takes another `fs` from here on: Electron's has archives for folders, its `original-fs` has not. */
export function setDisk(other: Disk): void {
  disk = other
}

/** About a file, a folder or a link itself. Rejects with the system's error, as all of these do. */
export function lstat(path: string): Promise<BigIntStats> {
  return disk.promises.lstat(path, { bigint: true })
}

/** About what a path leads to, through all links. */
export function stat(path: string): Promise<BigIntStats> {
  return disk.promises.stat(path, { bigint: true })
}

/** The path without links. */
export function realpath(path: string): Promise<string> {
  return disk.promises.realpath(path)
}

/** What a folder holds. */
export function readFolder(folder: string): Promise<Dirent[]> {
  return disk.promises.readdir(folder, { withFileTypes: true })
}

/** @param mode as access(2) knows it: `constants.R_OK` … */
export function access(path: string, mode: number): Promise<void> {
  return disk.promises.access(path, mode)
}

export function open(path: string, flags: number): Promise<FileHandle> {
  return disk.promises.open(path, flags)
}

/** A small file as text; not for people's files. */
export function readText(path: string): Promise<string> {
  return disk.promises.readFile(path, 'utf8')
}

/** What came of looking at files of one folder, by name. One that vanished is in neither. */
export interface Looks {
  readonly found: ReadonlyMap<string, BigIntStats>
  /** With the system's error. */
  readonly failed: ReadonlyMap<string, NodeJS.ErrnoException>
}

/**
 * Looks at many files of a folder. Callbacks rather than promises: for 100,000 files that is a
 * quarter of the time.
 * @param follows of links, what they lead to
 */
export function lookAtEach(
  folder: string,
  names: readonly string[],
  { follows }: { readonly follows: boolean },
): Promise<Looks> {
  const ask = follows ? disk.stat : disk.lstat
  return new Promise((resolve) => {
    const found = new Map<string, BigIntStats>()
    const failed = new Map<string, NodeJS.ErrnoException>()
    let next = 0
    let open = 0
    const askNext = () => {
      const name = names[next++]
      if (name === undefined) {
        if (open === 0) resolve({ found, failed })
        return
      }
      open += 1
      ask(folder + sep + name, { bigint: true }, (error, stats) => {
        open -= 1
        if (error === null) found.set(name, stats)
        else if (!isVanished(error)) failed.set(name, error)
        askNext()
      })
    }
    for (let lane = 0; lane < STATS_AT_A_TIME && next <= names.length; lane++) askNext()
  })
}
