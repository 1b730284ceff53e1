import type { VerifyTools } from '#main/destination/compare-copy.ts'
import { fileSources, type SourceReader } from '#main/engine/source.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Verification } from '#shared/model/verification.ts'
import type { Worker } from './accounts/worker.ts'
import { verifyCopy } from './verify-copy.ts'

/** Downloads at most, so that a check takes no more than a tenth of the day's calls. */
const MOST_DOWNLOADS = 1_000

/** Verifies uploads for people who look at them. */
export class Verifications {
  readonly #worker: Worker
  readonly #sources: SourceReader
  readonly #closing = new AbortController()

  constructor(worker: Worker, home: string) {
    this.#worker = worker
    this.#sources = fileSources(home)
  }

  /** @param bytes also download the file, or a sample of a very big one */
  ask(copy: Copy, bytes: boolean): Promise<Verification> {
    const wishes = { remote: true, mostCalls: bytes ? MOST_DOWNLOADS : undefined }
    const means = { sources: this.#sources, verifying: (identity: string) => this.#as(identity) }
    return verifyCopy(copy, means, wishes, this.#closing.signal)
  }

  close(): void {
    this.#closing.abort(new Error('closing'))
  }

  /** @throws TransferError when the account is signed out */
  async #as(identity: string): Promise<VerifyTools> {
    const connection = this.#worker.connectionOf(identity === '' ? undefined : identity)
    if (connection === undefined) throw new TransferError('signed-out', { detail: identity })
    return connection.verifying
  }
}
