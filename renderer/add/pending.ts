import { bridge } from '../bridge/bridge.ts'

/** What the person has handed over and that only lacks a destination. */
export interface Pending {
  /** On the machine Feidi runs on. */
  readonly paths: readonly string[]
  /** From this browser; they are sent to the host first. */
  readonly files: readonly File[]
  /** The one path is a folder, which can be kept uploaded as well. */
  readonly isFolder?: boolean
  /** Pasted together with, or instead of, files. */
  readonly destination?: string
  /** Called once the files are in the queue. */
  readonly onAdded?: () => void
}

export function pendingCount({ paths, files }: Pending): number {
  return paths.length + files.length
}

/** Where dropped or pasted files lie, on hosts that know it; a folder is one of them. */
export function pathsOf(files: readonly File[]): string[] {
  return files.map((file) => bridge.pathOf?.(file) ?? '').filter((path) => path !== '')
}

/** Files of a drop, those in dropped folders included. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null)
  if (entries.length === 0) return [...transfer.files]
  return (await Promise.all(entries.map(filesOfEntry))).flat()
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [file]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const files: File[] = []
  // A reader gives a hundred entries at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return files
    files.push(...(await Promise.all(some.map(filesOfEntry))).flat())
  }
}

/** Whether a text is something that `destination.check` can make sense of. */
export function looksLikeDestination(text: string): boolean {
  return /^(https?:\/\/\S+|folder:\S+|media:\S+)$/.test(text.trim())
}
