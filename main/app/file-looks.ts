import { fileSources, type SourceReader } from '#main/engine/source.ts'
import { sourceError } from '#main/lib/errno.ts'
import { type BigIntStats, lstat } from '#main/lib/file-system.ts'
import { answeredByOthers } from '#main/lib/mounts.ts'
import { isPlaceholder } from '#main/lib/placeholder.ts'
import { sensitivityOf } from '#main/lib/sensitive-file.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { infoOfThrown } from '#shared/errors/transfer-error.ts'
import {
  isPictureName,
  MOST_PICTURE_BYTES,
  MOST_TEXT_BYTES,
  type PictureUse,
} from '#shared/model/look.ts'
import type { Fingerprint, Transfer } from '#shared/model/transfer.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'
import type { Surroundings } from './app-options.ts'
import type { Policy } from './policy/policy.ts'

/** Pictures that are read at a time, for all pages together. */
const LANES = 2

export interface FileLooksOptions {
  readonly home: string
  readonly stores: Pick<Stores, 'transfers'>
  readonly surroundings: Pick<Surroundings, 'admit'>
  readonly policy: Pick<Policy, 'demandFile'>
  /** Tells files whose content is with a cloud drive; another one for tests. */
  readonly isPlaceholder?: (stats: BigIntStats) => boolean
}

type Look = Omit<RequestOutput<'transfer.look'>, 'row'>

const NOTHING = { preview: 'none', text: '', isCut: false, reason: null, error: null } as const

/** Lets a page look into files of the queue and the history, and into no others. */
export class FileLooks {
  readonly #options: FileLooksOptions
  readonly #sources: SourceReader
  readonly #waiting: (() => void)[] = []
  #busy = 0

  constructor(options: FileLooksOptions) {
    this.#options = options
    this.#sources = fileSources(options.home, (path) => options.policy.demandFile(path))
  }

  /**
   * Returns the bytes of a picture as they are: only a page decodes them.
   * @param use a `row` shows nothing that another machine has to bring: a list is scrolled through
   * @returns undefined when it is none, may not be seen, is too large, gone, or not on this machine
   */
  async picture(id: string, use: PictureUse): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const transfer = this.#options.stores.transfers.get(id)
    if (transfer === undefined || !isPictureName(transfer.fileName)) return undefined
    if (use === 'row' && answeredByOthers(realOf(transfer)) !== undefined) return undefined
    await this.#turn()
    try {
      const found = await this.#open(transfer)
      if (found.reason !== null || found.sizeBytes > MOST_PICTURE_BYTES) return undefined
      return await this.#read(transfer, found.fingerprint, found.sizeBytes)
    } catch {
      return undefined
    } finally {
      this.#busy -= 1
      this.#waiting.shift()?.()
    }
  }

  /** Returns what is there to see of a file, and the beginning of a text. */
  async look(transfer: Transfer, nowMs: number): Promise<Look> {
    const missing = { ...NOTHING, sizeBytes: null, modifiedAtMs: null }
    try {
      const found = await this.#open(transfer)
      const { sizeBytes, fingerprint, reason } = found
      const modifiedAtMs = Math.max(0, Number(BigInt(fingerprint.mtimeNs) / 1_000_000n))
      const facts = { ...NOTHING, sizeBytes, modifiedAtMs, reason }
      if (reason !== null) return facts
      if (isPictureName(transfer.fileName)) {
        return sizeBytes > MOST_PICTURE_BYTES
          ? { ...facts, reason: 'too-large' }
          : { ...facts, preview: 'picture' }
      }
      const head = Math.min(sizeBytes, MOST_TEXT_BYTES)
      const text = textOf(await this.#read(transfer, fingerprint, head))
      if (text === undefined) return facts
      return { ...facts, preview: 'text', text, isCut: sizeBytes > head }
    } catch (error) {
      return { ...missing, error: infoOfThrown(error, nowMs) }
    }
  }

  /** @throws TransferError `source-…`, or that the file may not be seen */
  async #open(transfer: Transfer): Promise<Opened> {
    const real = realOf(transfer)
    const stats = await lstat(real).catch((error: unknown) => {
      throw sourceError(error, real)
    })
    await this.#options.surroundings.admit(real)
    if ((this.#options.isPlaceholder ?? isPlaceholder)(stats)) {
      // To read it would have its drive download it.
      return {
        fingerprint: fingerprintOf(stats),
        sizeBytes: Number(stats.size),
        reason: 'in-cloud',
      }
    }
    const fingerprint = await this.#sources.inspect(transfer)
    const { sizeBytes } = fingerprint
    const isSensitive = (await sensitivityOf(real, sizeBytes)) !== undefined
    return { fingerprint, sizeBytes, reason: isSensitive ? 'sensitive' : null }
  }

  async #read(transfer: Transfer, fingerprint: Fingerprint, bytes: number) {
    const content = new Uint8Array(bytes)
    await this.#sources.read(transfer, fingerprint, 0, content)
    return content
  }

  async #turn(): Promise<void> {
    this.#busy += 1
    if (this.#busy <= LANES) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    await promise
  }
}

interface Opened {
  readonly fingerprint: Fingerprint
  readonly sizeBytes: number
  readonly reason: 'in-cloud' | 'sensitive' | null
}

/** Returns the place where the file was chosen, links resolved: a file that has taken its place is not opened. */
function realOf({ path, realPath }: Transfer): string {
  return realPath ?? path
}

/** Returns bytes as text: UTF-8, else GB 18030; undefined for what is no text. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // The last character may be cut in two.
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
      return text.replaceAll('\r\n', '\n')
    } catch {
      // Not in this one, or unknown to this build of Node.
    }
  }
  return undefined
}
