/** The one way to people's files: whatever looks at them, watches them or reads them goes by here. */
import nodeFs, { type BigIntStats, type Dirent } from 'node:fs'
import { sep } from 'node:path'
import { isVanished } from './errno.ts'
import { answeredByOthers } from './mounts.ts'
import { PatientLine } from './patient-line.ts'

export { type BigIntStats, constants, type Dirent } from 'node:fs'

/** Node's `fs`, as far as it is used here. */
export type Disk = Pick<typeof nodeFs, 'lstat' | 'stat'> & {
  readonly promises: Pick<
    typeof nodeFs.promises,
    'access' | 'lstat' | 'open' | 'readdir' | 'realpath' | 'stat'
  >
}

/** Files asked for at a time: enough to keep the disk busy, few enough to stay light. */
const STATS_AT_A_TIME = 32

let disk: Disk = nodeFs

/** Takes another `fs` from here on: Electron's has archives for folders, its `original-fs` has not. */
export function setDisk(other: Disk): void {
  disk = other
}

/** By where the drive begins. */
const lines = new Map<string, PatientLine>()

function lineFor(path: string): PatientLine | undefined {
  const drive = answeredByOthers(path)
  if (drive === undefined) return undefined
  const line = lines.get(drive) ?? new PatientLine()
  lines.set(drive, line)
  return line
}

function ask<T>(path: string, call: () => Promise<T>): Promise<T> {
  return lineFor(path)?.run(call) ?? call()
}

/** About a file, a folder or a link itself. Rejects with the system's error, as all of these do. */
export function lstat(path: string): Promise<BigIntStats> {
  return ask(path, () => disk.promises.lstat(path, { bigint: true }))
}

/** About what a path leads to, through all links. */
export function stat(path: string): Promise<BigIntStats> {
  return ask(path, () => disk.promises.stat(path, { bigint: true }))
}

/** The path without links. */
export function realpath(path: string): Promise<string> {
  return ask(path, () => disk.promises.realpath(path))
}

/** What a folder holds. */
export function readFolder(folder: string): Promise<Dirent[]> {
  return ask(folder, () => disk.promises.readdir(folder, { withFileTypes: true }))
}

/** @param mode as access(2) knows it: `constants.R_OK` … */
export function access(path: string, mode: number): Promise<void> {
  return ask(path, () => disk.promises.access(path, mode))
}

/** An open file. */
export interface OpenFile {
  readonly fd: number
  stat(options: { bigint: true }): Promise<BigIntStats>
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesRead: number }>
  close(): Promise<void>
}

export async function open(path: string, flags: number): Promise<OpenFile> {
  const line = lineFor(path)
  const opening = () => disk.promises.open(path, flags)
  if (line === undefined) return opening()
  const file = await line.run(opening, (late) => void late.close())
  return {
    fd: file.fd,
    stat: (options) => line.run(() => file.stat(options)),
    read: (...range) => line.run(() => file.read(...range)),
    async close() {
      line.owe(() => file.close())
    },
  }
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
  if (lineFor(folder) !== undefined) return lookPatiently(folder, names, follows)
  const look = follows ? disk.stat : disk.lstat
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
      look(folder + sep + name, { bigint: true }, (error, stats) => {
        open -= 1
        if (error === null) found.set(name, stats)
        else if (!isVanished(error)) failed.set(name, error)
        askNext()
      })
    }
    for (let lane = 0; lane < STATS_AT_A_TIME && next <= names.length; lane++) askNext()
  })
}

async function lookPatiently(
  folder: string,
  names: readonly string[],
  follows: boolean,
): Promise<Looks> {
  const found = new Map<string, BigIntStats>()
  const failed = new Map<string, NodeJS.ErrnoException>()
  for (const name of names) {
    const path = folder + sep + name
    const stats = await (follows ? stat(path) : lstat(path)).catch((error: Error) => error)
    if (!(stats instanceof Error)) found.set(name, stats)
    else if (!isVanished(stats)) failed.set(name, stats)
  }
  return { found, failed }
}
