import { z } from 'zod'
import type { Stores } from '#main/store/open-stores.ts'
import { formatDestination } from '#main/target/format-destination.ts'
import { type Brand, parseDestination } from '#main/target/parse-destination.ts'
import { workingDestination } from '#main/target/working-destination.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { RequestOutput } from '#shared/ipc/contract.ts'
import { destinationSchema } from '#shared/ipc/destination-schema.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { errorView, viewOfThrown } from './error-view.ts'
import { destinationLink } from './links.ts'
import type { Worker } from './worker.ts'

const MEMO = 'recent-destinations'
const MOST_REMEMBERED = 20
/** A person waits for the answer. */
const CHECK_LIMIT_MS = 15_000

const recentSchema = z.array(z.object({ destination: destinationSchema, usedAtMs: z.number() }))

/** Places files went to, and what a text means as one. */
export class Destinations {
  readonly #memos: Stores['memos']
  readonly #worker: Worker
  readonly #nowMs: () => number
  readonly #brand: () => Brand

  constructor(memos: Stores['memos'], worker: Worker, nowMs: () => number, brand: () => Brand) {
    this.#memos = memos
    this.#worker = worker
    this.#nowMs = nowMs
    this.#brand = brand
  }

  labelOf = (destination: Destination): string => formatDestination(destination)

  used(destination: Destination): void {
    const text = formatDestination(destination)
    const others = this.#recent().filter((recent) => formatDestination(recent.destination) !== text)
    const recent = [{ destination, usedAtMs: this.#nowMs() }, ...others]
    this.#memos.remember(MEMO, recent.slice(0, MOST_REMEMBERED))
  }

  recent(): RequestOutput<'destination.recent'>['recent'] {
    return this.#recent().map(({ destination, usedAtMs }) => ({
      ...this.#view(destination),
      usedAtMs,
    }))
  }

  async check(text: string): Promise<RequestOutput<'destination.check'>> {
    let destination: Destination
    try {
      destination = workingDestination(parseDestination(text).destination)
    } catch (error) {
      return { kind: 'refused', error: viewOfThrown(error, this.#nowMs()) }
    }
    const found = { kind: 'ok' as const, ...this.#view(destination), verified: false, error: null }
    const { connection } = this.#worker
    if (destination.kind !== 'folder' || connection === undefined) return found
    try {
      await connection.checkFolder(destination.folderToken, AbortSignal.timeout(CHECK_LIMIT_MS))
      return { ...found, verified: true }
    } catch (thrown) {
      const isTimeout = thrown instanceof Error && thrown.name === 'TimeoutError'
      const error = isTimeout ? new TransferError('idle-timeout') : thrown
      if (!(error instanceof TransferError)) throw error
      const view = errorView(errorInfo(error, this.#nowMs()), true)
      return couldNotAsk(error) ? { ...found, error: view } : { kind: 'refused', error: view }
    }
  }

  #view(destination: Destination) {
    const text = formatDestination(destination)
    const link = destinationLink(destination, this.#brand())
    return { destination, text, label: this.labelOf(destination), link }
  }

  #recent(): z.output<typeof recentSchema> {
    return recentSchema.safeParse(this.#memos.recall(MEMO)).data ?? []
  }
}

/** Nobody could be asked, so it may be a good place; what Feishu refused is none. */
function couldNotAsk(error: TransferError): boolean {
  const { domain } = lookUp(error)
  return domain === 'network' || domain === 'server' || domain === 'quota'
}
