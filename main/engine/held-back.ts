import { basename, resolve } from 'node:path'
import { isWholeHome, sensitivityOf } from '#main/lib/sensitive-file.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { MaySend, SensitiveKind } from '#shared/model/sensitive.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { FindOptions } from './find-sources.ts'
import type { NewTransfer } from './ports.ts'

type HeldOptions = Pick<FindOptions, 'clock' | 'destination' | 'account'> & {
  /** Absent: nothing is held back. */
  readonly maySend?: MaySend | undefined
}

/**
 * Files that a person is asked about before they are queued: whole homes first, the rest at once.
 */
export class HeldBack {
  readonly #options: HeldOptions
  readonly #found: { readonly item: NewTransfer; readonly kind: SensitiveKind }[] = []
  readonly #refusedHomes: NewTransfer[] = []

  constructor(options: HeldOptions) {
    this.#options = options
  }

  /** The paths that may be looked into. */
  async withoutHomes(paths: readonly string[]): Promise<string[]> {
    const { maySend } = this.#options
    const kept: string[] = []
    for (const path of paths) {
      const isAskedFor = maySend !== undefined && (await isWholeHome(path))
      if (!isAskedFor || (await maySend([{ path: resolve(path), kind: 'home-folder' }]))) {
        kept.push(path)
      } else this.#refusedHomes.push(this.#folderItem(resolve(path)))
    }
    return kept
  }

  /** Keeps a file for the question, if it is one to be asked about. */
  async holds(item: NewTransfer): Promise<boolean> {
    if (this.#options.maySend === undefined || item.state !== undefined) return false
    const kind = await sensitivityOf(item.path, item.sizeBytes)
    if (kind === undefined) return false
    this.#found.push({ item, kind })
    return true
  }

  /** Asks, once, about all that was kept. */
  async settle(): Promise<{ allowed: readonly NewTransfer[]; refused: readonly NewTransfer[] }> {
    const items = this.#found.map(({ item }) => item)
    const found = this.#found.map(({ item, kind }) => ({ path: item.path, kind }))
    const isAllowed = found.length > 0 && (await this.#options.maySend?.(found))
    const refused = [...this.#refusedHomes, ...(isAllowed ? [] : items)]
    return { allowed: isAllowed ? items : [], refused: refused.map((item) => this.#refuse(item)) }
  }

  /**
   * Leaves a file at rest until it is added again: `resume --failed` must not send what no one
   * allowed.
   */
  #refuse(item: NewTransfer): NewTransfer {
    const error = new TransferError('sensitive-file', { detail: item.path })
    return {
      ...item,
      state: { kind: 'skipped', error: errorInfo(error, this.#options.clock.nowMs()) },
    }
  }

  #folderItem(path: string): NewTransfer {
    const { destination, account } = this.#options
    const fileName = remoteName(basename(path))
    const none = { remoteFolders: [], sizeBytes: 0, fingerprint: null }
    return { path, fileName, destination, account, ...none }
  }
}
