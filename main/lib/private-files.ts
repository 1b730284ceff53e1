/** Folders and files that are their owner's alone, whatever the umask says. */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const ANYBODY_ELSE = 0o077

/**
 * Makes a folder and those above it, where they are missing. One after the other: Node's own recursive
 * `mkdir` never returns where the system answers ENOENT although the parent is there, as /proc does.
 * @throws the error of the file system: ENOTDIR, EACCES, ENOENT, …
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder, FOLDER_MODE)
  } catch (error) {
    // Another process was faster, or there is something else of that name.
    if (!isFolder(folder)) throw error
  }
}

/** As `makeFolder`; a folder of ours that others may look into is closed to them. */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder)
  closeToOthers(folder, FOLDER_MODE)
}

/**
 * Makes an empty file where there is none; one that others may read is closed to them. A file that is
 * there is not opened: closing any descriptor of it would give up the locks this process has on it.
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', FILE_MODE))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    closeToOthers(file, FILE_MODE)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function closeToOthers(path: string, mode: number): void {
  const isOpen = ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & ANYBODY_ELSE) !== 0
  if (isOpen && process.platform !== 'win32') chmodSync(path, mode)
}
