import { basename, dirname, isAbsolute, join } from 'node:path'
import { type Dirent, readFolder, realpath, stat } from '#main/lib/file-system.ts'
import { isInside } from '#main/lib/is-inside.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { MOST_ENTRIES } from '#shared/contract/place-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { demandNotOwnState } from '../own-state.ts'

export interface AllowedOptions {
  /** Folders that may be looked into and uploaded from. */
  readonly roots: readonly string[]
  /** Never, even below a root: Feidi's own state. */
  readonly except: readonly string[]
}

/**
 * The parts of the machine that a page of a web host may see and send. No link leads out of them.
 */
export class AllowedFolders {
  readonly #options: AllowedOptions

  constructor(options: AllowedOptions) {
    this.#options = options
  }

  /**
   * The real path, if it lies in an allowed folder.
   * @throws TransferError `folder-not-allowed`, also for what is not there
   */
  async admit(path: string): Promise<string> {
    const refusal = new TransferError('folder-not-allowed', { detail: path })
    if (!isAbsolute(path) || path.includes('\0')) throw refusal
    const real = await realpath(path).catch(() => {
      throw refusal
    })
    const { roots, except } = await this.#real()
    if (!roots.some((root) => isInside(real, root))) throw refusal
    if (except.some((folder) => isInside(real, folder))) throw refusal
    return real
  }

  /**
   * As `admit`, for a file or a whole folder that is to go up.
   * @throws TransferError `folder-not-allowed`; `holds-own-state` for a folder with Feidi's own state in it
   */
  async admitForUpload(path: string): Promise<string> {
    const real = await this.admit(path)
    for (const folder of this.#options.except) await demandNotOwnState(real, folder)
    return real
  }

  async browse(path: string | null, showHidden: boolean): Promise<RequestOutput<'folders.browse'>> {
    const { roots, except } = await this.#real()
    const [first] = roots
    if (first === undefined) throw new TransferError('folder-not-allowed')
    const folder = await this.admit(path ?? first)
    const names = await readFolder(folder).catch((cause: unknown) => {
      throw new TransferError('folder-unreadable', { detail: folder, cause })
    })
    const shown = names
      .filter((entry) => entry.isDirectory() || entry.isFile())
      .filter(({ name }) => showHidden || !name.startsWith('.'))
      .filter(({ name }) => !except.includes(join(folder, name)))
      .sort(foldersFirst)
    const entries = await Promise.all(
      shown.slice(0, MOST_ENTRIES).map((entry) => view(folder, entry)),
    )
    return {
      path: folder,
      parent: roots.includes(folder) ? null : dirname(folder),
      roots: roots.map((root) => ({ path: root, label: basename(root) || root })),
      entries: entries.filter((entry) => entry !== undefined),
      truncated: shown.length > MOST_ENTRIES,
    }
  }

  /** Drives come and go, so this is asked each time. */
  async #real() {
    const { roots, except } = this.#options
    return { roots: await existing(roots), except: await existing(except) }
  }
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => realpath(path).catch(() => undefined)))
  return [...new Set(found.filter((path) => path !== undefined))]
}

function foldersFirst(a: Dirent, b: Dirent): number {
  return (
    Number(b.isDirectory()) - Number(a.isDirectory()) ||
    a.name.localeCompare(b.name, undefined, { numeric: true })
  )
}

async function view(folder: string, entry: Dirent) {
  const path = join(folder, entry.name)
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined) return undefined
  return {
    name: entry.name,
    path,
    kind: entry.isDirectory() ? ('folder' as const) : ('file' as const),
    sizeBytes: entry.isDirectory() ? 0 : Number(stats.size),
    modifiedAtMs: Math.max(0, Number(stats.mtimeMs)),
  }
}
