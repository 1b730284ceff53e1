import { bridge } from '../../data/bridge.ts'

/** The files that the user has handed over and that lack only a destination. */
export interface Pending {
  /** On the machine Feidi runs on. */
  readonly paths: readonly string[]
  /** From this browser; they are sent to the host first. */
  readonly files: readonly File[]
  /** Those of the paths that are known to be folders. */
  readonly folders?: readonly string[]
  /** Pasted together with, or instead of, files. */
  readonly destination?: string
  /** Called once the files are in the queue. */
  readonly onAdded?: () => void
}

export function pendingCount({ paths, files }: Pending): number {
  return paths.length + files.length
}

/** The one folder that this is about, which can be kept uploaded as well. */
export function oneFolder({ paths, files, folders = [] }: Pending): string | undefined {
  const [path] = paths
  const isAlone = paths.length === 1 && files.length === 0
  return isAlone && path !== undefined && folders.includes(path) ? path : undefined
}

/** Returns the paths of dropped or pasted items, and which are folders, on hosts that know. */
export function placesOf({ files, items }: DataTransfer): Pick<Pending, 'paths' | 'folders'> {
  const folderNames = new Set(
    [...items].flatMap((item) => {
      const entry = item.webkitGetAsEntry()
      return entry?.isDirectory ? [entry.name] : []
    }),
  )
  const lying = [...files].flatMap((file) => {
    const path = bridge.pathOf?.(file) ?? ''
    return path === '' ? [] : [{ path, isFolder: folderNames.has(file.name) }]
  })
  return {
    paths: lying.map(({ path }) => path),
    folders: lying.filter(({ isFolder }) => isFolder).map(({ path }) => path),
  }
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

/** Checks whether `destination.check` can interpret a text. */
export function looksLikeDestination(text: string): boolean {
  return /^(https?:\/\/\S+|folder:\S+|media:\S+)$/.test(text.trim())
}
