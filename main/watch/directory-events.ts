import { join } from 'node:path'
import { FSWatcher } from 'chokidar'

export interface EventHandlers {
  /** Something happened to `path`, or anywhere in `folder` when the system does not say to what. */
  changed(folder: string, path: string | undefined): void
  /** Events were lost, or will be: a look at everything is due. */
  failed(error: NodeJS.ErrnoException): void
}

/** Hints that something changed. */
export interface DirectoryEvents {
  /** Resolves when events of the folder come, or can not: then `failed` was called. */
  watch(folder: string, options: { isLink: boolean }): Promise<void>
  unwatch(folder: string): void
  close(): Promise<void>
}

export type OpenDirectoryEvents = (root: string, handlers: EventHandlers) => DirectoryEvents

/** chokidar for one folder: its watch without its reading, because the scans are ours. */
class FolderWatcher extends FSWatcher {
  /** chokidar would stat every file: 1.3 s, 350 MB and a stall of a second for 100,000 files. */
  override createScanStream(): undefined {
    return undefined
  }
}

/**
 * Events of the machine's file system. On macOS and Windows one watch covers a whole tree; elsewhere
 * every folder has its own, and no file has one.
 */
export const openDirectoryEvents: OpenDirectoryEvents = (root, handlers) => {
  const coversTree = process.platform === 'darwin' || process.platform === 'win32'
  const watchers = new Map<string, FolderWatcher>()
  /** Those that have been set up; the others are on their way. */
  const watched = new Set<string>()
  const closing = new Set<Promise<void>>()

  const open = (folder: string, isLink: boolean) =>
    new Promise<void>((resolve) => {
      const watcher = new FolderWatcher({
        ignoreInitial: true,
        followSymlinks: isLink,
        atomic: false,
        // Events come raw, before chokidar's own tree is consulted, which therefore stays empty.
        ignored: (path) => path !== folder,
        ...(!coversTree && { depth: 0 }),
      })
      watchers.set(folder, watcher)
      watcher.on('raw', (_event, path, details) => {
        const { watchedPath } = details as { watchedPath: string }
        handlers.changed(watchedPath, path === null ? undefined : join(watchedPath, String(path)))
      })
      watcher.on('error', (error) => {
        // Tried again by the next sweep; a folder that only seems to be watched would be left out.
        if (!watched.has(folder)) unwatch(folder)
        handlers.failed(error as NodeJS.ErrnoException)
        resolve()
      })
      watcher.on('ready', () => {
        watched.add(folder)
        resolve()
      })
      watcher.add(folder)
    })

  const unwatch = (folder: string) => {
    const watcher = watchers.get(folder)
    if (watcher === undefined) return
    watchers.delete(folder)
    watched.delete(folder)
    const closed = watcher.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }

  return {
    async watch(folder, { isLink }) {
      if (watchers.has(folder)) return
      if (coversTree && folder !== root && !isLink) return
      await open(folder, isLink)
    },
    unwatch,
    async close() {
      for (const folder of [...watchers.keys()]) unwatch(folder)
      await Promise.all(closing)
    },
  }
}
