/** The one way to people's files: whatever looks at them, watches them or reads them goes by here. */
import nodeFs, { type BigIntStats, constants, type Dirent } from 'node:fs'
import { sep } from 'node:path'
import { diskMeaning, isVanished } from './errno.ts'
import { answeredByOthers } from './mounts.ts'
import { PatientLine } from './patient-line.ts'

export { type BigIntStats, constants, type Dirent } from 'node:fs'

/** Node's `fs`, as far as it is used here. */
export type Disk = Pick<typeof nodeFs, 'lstat' | 'stat'> & {
  readonly promises: Pick<
    typeof nodeFs.promises,
    'access' | 'lstat' | 'open' | 'readdir' | 'readlink' | 'realpath' | 'stat'
  >
}

/** Files asked for at a time: enough to keep the disk busy, few enough to stay light. */
const STATS_AT_A_TIME = 32

/**
 * Node's own `fs`. Electron replaces it with one that treats every file named `*.asar` as a folder, and
 * keeps the original as `original-fs` (docs/tutorial/asar-archives.md of Electron).
 */
const ownFs = (process.getBuiltinModule('original-fs') as typeof nodeFs | undefined) ?? nodeFs

let disk: Disk = ownFs

/** Takes another `fs` from here on, for tests. */
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

/** Checks at once whether a path leads to something. */
export function isThere(path: string): boolean {
  return ownFs.existsSync(path)
}

/** About what a path leads to, through all links. */
export function stat(path: string): Promise<BigIntStats> {
  return ask(path, () => disk.promises.stat(path, { bigint: true }))
}

/** The path without links. */
export function realpath(path: string): Promise<string> {
  return ask(path, () => disk.promises.realpath(path))
}

/** Reads the entries of a folder. */
export function readFolder(folder: string): Promise<Dirent[]> {
  return ask(folder, () => disk.promises.readdir(folder, { withFileTypes: true }))
}

/** @param mode as access(2) knows it: `constants.R_OK` … */
export function access(path: string, mode: number): Promise<void> {
  return ask(path, () => disk.promises.access(path, mode))
}

/** macOS: no link anywhere on the way (open(2)); Node has no name for it. */
const O_NOFOLLOW_ANY = process.platform === 'darwin' ? 0x2000_0000 : 0
/**
 * Flags for reading. A pipe that has taken the file's place must not block us until another program
 * writes to it.
 */
const READ_HERE =
  constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0) | O_NOFOLLOW_ANY

/** A link lies where none was, in the place of a file or of a folder above it. */
export class RedirectedError extends Error {
  override readonly name = 'RedirectedError'
}

/**
 * Opens a file for reading exactly where it was chosen.
 * @param real without links
 * @throws RedirectedError when a link has taken the place of the file or of a folder above it
 */
export async function openHere(real: string): Promise<OpenFile> {
  const file = await open(real, READ_HERE).catch((error: unknown) => {
    throw diskMeaning(error) === 'link' ? new RedirectedError(real) : error
  })
  try {
    if (!(await isHere(file, real))) throw new RedirectedError(real)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The suffix that the kernel adds to the name of an open file that was replaced since (d_path). */
const DELETED = ' (deleted)'

/**
 * Checks whether an open file is the one of this path, without links. Linux tells the path of an
 * open file (proc_pid_fd(5)). Elsewhere the path is looked at after opening: a program that swaps a
 * folder twice in that moment could still deceive us.
 */
async function isHere(file: OpenFile, real: string): Promise<boolean> {
  const opened = process.platform === 'linux' ? await pathOf(file) : undefined
  if (opened === undefined) return isStillHere(file, real)
  if (opened === real || opened === real + DELETED) return true
  // On a case-insensitive file system, the name may be written differently on the disk.
  return opened.toLowerCase() === real.toLowerCase() && isStillHere(file, real)
}

async function isStillHere(file: OpenFile, real: string): Promise<boolean> {
  const [opened, there, path] = await Promise.all([
    file.stat({ bigint: true }),
    lstat(real),
    realpath(real),
  ])
  return path === real && opened.ino === there.ino && opened.dev === there.dev
}

/** Undefined without /proc. */
function pathOf({ fd }: OpenFile): Promise<string | undefined> {
  return disk.promises.readlink(`/proc/self/fd/${fd}`).catch(() => undefined)
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

/** The results of looking at files of one folder, by name. A file that vanished is in neither. */
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
