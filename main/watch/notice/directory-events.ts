import { join, relative } from 'node:path'
import { FSWatcher } from 'chokidar'
import { realpath, stat } from '#main/lib/file-system.ts'

export interface EventHandlers {
  /** Reports a change of `path`, or anywhere in `folder` when the system does not say of what. */
  changed(folder: string, path: string | undefined): void
  /** Events were lost, or will be: a look at everything is due. */
  failed(error: NodeJS.ErrnoException): void
}

/** Hints that something changed. */
export interface DirectoryEvents {
  /**
   * Resolves when events of the folder come, with true, or can not: when the system allows no more
   * of them, `failed` was called.
   */
  watch(folder: string, options: { isLink: boolean }): Promise<boolean>
  unwatch(folder: string): void
  close(): Promise<void>
}

export type OpenDirectoryEvents = (root: string, handlers: EventHandlers) => DirectoryEvents

/** The settings that cure the errors of too many watches (inotify(7)). */
const SETTING_BY_ERRNO: Readonly<Record<string, string>> = {
  ENOSPC: 'fs.inotify.max_user_watches',
  EMFILE: 'fs.inotify.max_user_instances',
}

/** The system setting that is too low when watching fails so; undefined when it is none. */
export function settingFor(errno: string | undefined): string | undefined {
  return errno === undefined ? undefined : SETTING_BY_ERRNO[errno]
}

/** The drive may cease to answer just when it is to be watched. */
const PATIENCE_MS = 10_000

/** chokidar for one folder: its watch without its reading, because the scans are ours. */
class FolderWatcher extends FSWatcher {
  /** chokidar would stat every file: 1.3 s, 350 MB and a stall of a second for 100,000 files. */
  override createScanStream(): undefined {
    return undefined
  }
}

/**
 * Events of the machine's file system. On macOS and Windows one watch covers a whole tree; elsewhere
 * every folder has its own, and no file has one. A folder is watched where it really is: on a link
 * to it there would be no events.
 */
export const openDirectoryEvents: OpenDirectoryEvents = (root, handlers) => {
  const coversTree = process.platform === 'darwin' || process.platform === 'win32'
  const watchers = new Map<string, FolderWatcher>()
  /** Those that have been set up; the others are on their way. */
  const watched = new Set<string>()
  const closing = new Set<Promise<void>>()
  let isClosed = false

  const open = (folder: string, real: string) =>
    new Promise<boolean>((resolve) => {
      const watcher = new FolderWatcher({
        ignoreInitial: true,
        followSymlinks: false,
        atomic: false,
        // Events come raw, before chokidar's own tree is consulted, which therefore stays empty.
        ignored: (path) => path !== real,
        ...(!coversTree && { depth: 0 }),
      })
      watchers.set(folder, watcher)
      const patience = setTimeout(() => {
        unwatch(folder)
        resolve(false)
      }, PATIENCE_MS)
      watcher.on('raw', (_event, path, details) => {
        const { watchedPath } = details as { watchedPath: string }
        const changed = join(folder, relative(real, watchedPath))
        handlers.changed(changed, path === null ? undefined : join(changed, String(path)))
      })
      watcher.on('error', (error) => {
        const { code } = error as NodeJS.ErrnoException
        if (watched.has(folder)) handlers.failed(error as NodeJS.ErrnoException)
        else {
          // The next sweep tries again; a folder that only seems to be watched would be left out. A
          // problem with the folder itself is reported by the look at it.
          unwatch(folder)
          if (settingFor(code) !== undefined) handlers.failed(error as NodeJS.ErrnoException)
        }
        clearTimeout(patience)
        resolve(false)
      })
      watcher.on('ready', () => {
        watched.add(folder)
        clearTimeout(patience)
        resolve(true)
      })
      watcher.add(real)
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
      if (watchers.has(folder)) return true
      if (coversTree && folder !== root && !isLink) return true
      try {
        const real = await realpath(folder)
        // chokidar would wait for a drive that does not answer.
        await stat(real)
        return !isClosed && (await open(folder, real))
      } catch {
        // The look at it says why.
        return false
      }
    },
    unwatch,
    async close() {
      isClosed = true
      for (const folder of [...watchers.keys()]) unwatch(folder)
      await Promise.all(closing)
    },
  }
}
