import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isThere } from '#main/lib/file-system.ts'

/** Given by the system when it starts Feidi at login: no window is opened. */
export const HIDDEN_FLAG = '--hidden'

/** Given by the list that Windows shows for the icon of the taskbar. */
export const ORDERS = {
  'add-files': '--add-files',
  'pause-all': '--pause-all',
  'resume-all': '--resume-all',
} as const

export type Order = keyof typeof ORDERS

export function orderOf(argv: readonly string[]): Order | undefined {
  return (Object.keys(ORDERS) as Order[]).find((order) => argv.includes(ORDERS[order]))
}

/** The text typed after the name of the program, and the folder it was typed in. */
export interface CommandLine {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  /** Our own file, where Electron is given it as an argument; a packaged app is its own program. */
  readonly entry?: string | undefined
}

export function startsHidden(argv: readonly string[]): boolean {
  return argv.includes(HIDDEN_FLAG)
}

/**
 * The files and folders of a command line as absolute paths. Chromium adds switches of its own, and
 * systems hand over all kinds of words: what is not there is none.
 */
export function filesOfCommandLine({ argv, workingDirectory, entry }: CommandLine): string[] {
  const isEntry = (word: string) => {
    const path = resolve(workingDirectory, word)
    return path === entry || `${entry}`.startsWith(path + sep)
  }
  const start = entry === undefined ? 0 : argv.findIndex((word, at) => at > 0 && isEntry(word))
  const words = argv.slice(Math.max(start, 0) + 1).filter((word) => !word.startsWith('-'))
  const paths = words.flatMap((word) => pathOf(word, workingDirectory) ?? [])
  return [...new Set(paths)].filter((path) => isThere(path))
}

function pathOf(word: string, workingDirectory: string): string | undefined {
  if (word === '' || word.includes('\0')) return undefined
  if (!word.startsWith('file:')) return resolve(workingDirectory, word)
  try {
    return fileURLToPath(word)
  } catch {
    // A file of another machine, or no URL at all.
    return undefined
  }
}
