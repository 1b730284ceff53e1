import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type QueueWorker, tellOutcomes, watchQueue } from '#main/app/watching/watch-queue.ts'
import { systemClock } from '#main/lib/clock.ts'
import { lstat } from '#main/lib/file-system.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { WatchTimings } from '#main/watch/timings.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'
import { contentHashOf } from './watch-parts.ts'

/**
 * A Drive folder, and an uploader to it, as far as watching can tell: the real queue and the real
 * index, no network. An upload replaces only the file's own copy, and only where no other local file
 * counts as up through it.
 */
export class RemoteModel {
  /** Content by file token. */
  readonly files = new Map<string, string>()
  /** Every upload, in order. */
  readonly uploads: { path: string; content: string }[] = []
  readonly #stores: Stores
  readonly #worker: QueueWorker & { events: EventEmitter<{ transfer: [Transfer] }> }
  #work: Promise<unknown> = Promise.resolve()
  #tokens = 0
  /** True: what is queued stays there. */
  isHeld = false

  constructor(stores: Stores) {
    this.#stores = stores
    this.#worker = { events: new EventEmitter(), nudge: () => {} }
  }

  get contents(): string[] {
    return [...this.files.values()].sort()
  }

  /** A program that watches: what it finds goes up. */
  watch(rules: readonly WatchRule[], timings: Partial<WatchTimings> = {}): WatchService {
    const { transfers, copies, files } = this.#stores
    const queue = watchQueue({
      ...{ transfers, copies, clock: systemClock, batchId: 'watch' },
      onQueued: () => {
        if (!this.isHeld) void this.uploadAll()
      },
    })
    const service = new WatchService({ rules, index: files, queue, clock: systemClock, timings })
    this.#worker.events.removeAllListeners()
    tellOutcomes(this.#worker, service, copies)
    return service
  }

  /** Uploads every queued file, or fails it. */
  uploadAll(): Promise<unknown> {
    this.#work = this.#work.then(async () => {
      const queued = { kinds: ['queued'] } as const
      for (const one of this.#stores.transfers.list(queued, { offset: 0, limit: 1_000 })) {
        if (!this.isHeld) await this.#upload(one)
      }
    })
    return this.#work
  }

  async #upload(transfer: Transfer): Promise<void> {
    const { transfers, copies } = this.#stores
    const { id, path, destination, remoteFolders, handling } = transfer
    const read = await readVersion(path)
    if (read === undefined) this.#end(id, { kind: 'failed' }, 'source-missing')
    else {
      const { content, fingerprint } = read
      const contentHash = contentHashOf(Buffer.from(content))
      const last = copies.at(path, destination, remoteFolders)
      if (last?.contentHash === contentHash) {
        transfers.saveSource(id, fingerprint.sizeBytes, fingerprint)
        this.#end(id, { kind: 'skipped' }, 'already-uploaded')
        return
      }
      const others = copies.holders(last === undefined ? [] : [last.fileToken])
      const isOurs = others.every((other) => other.path === path || !existsSync(other.path))
      const replaces = handling.sameName === 'overwrite-ours' && last !== undefined && isOurs
      const fileToken = replaces ? last.fileToken : `box${++this.#tokens}`
      this.files.set(fileToken, content)
      this.uploads.push({ path, content })
      const sent = { blockSizeBytes: 4 * 1024 * 1024, checksums: [0], contentHash }
      const finishedAtMs = Date.now()
      transfers.complete(id, { ...sent, fileToken, fingerprint, finishedAtMs, proof: 'answer' })
    }
    this.#tell(id)
  }

  #end(
    id: string,
    { kind }: { kind: 'failed' | 'skipped' },
    code: 'source-missing' | 'already-uploaded',
  ) {
    const error = errorInfo(new TransferError(code), Date.now())
    this.#stores.transfers.saveState(id, { kind, error })
    this.#tell(id)
  }

  #tell(id: string): void {
    const transfer = this.#stores.transfers.get(id)
    if (transfer !== undefined) this.#worker.events.emit('transfer', transfer)
  }
}

async function readVersion(path: string) {
  try {
    const fingerprint = fingerprintOf(await lstat(path))
    return { content: readFileSync(path, 'utf8'), fingerprint }
  } catch {
    return undefined
  }
}
