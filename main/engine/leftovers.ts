import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { Attacher, Attachments, CallContext } from './ports.ts'

export interface LeftoversOptions {
  readonly store: Pick<Attachments, 'leftovers' | 'dropAttach'>
  readonly attacher: Attacher
  readonly context: CallContext
  /** Checks whether this engine may remove it: it is not another account's, nor still at work. */
  readonly isOurs: (transfer: Transfer) => boolean
  /** Called when others have changed what was to be removed, and it is left there. */
  readonly onLeft: (transfer: Transfer) => void
}

/** Looked at in one go; there are hardly ever more. */
const ROUND = 200

/** Takes away what uploads that were given up have left in documents: blocks without a file. */
export class Leftovers {
  readonly #options: LeftoversOptions
  /** Could not be taken away at present; the next start tries again. */
  readonly #stuck = new Set<string>()
  #sweeping: Promise<void> | undefined

  constructor(options: LeftoversOptions) {
    this.#options = options
  }

  get isSweeping(): boolean {
    return this.#sweeping !== undefined
  }

  /** Takes away what is there, unless that is under way. Never rejects. */
  sweep(): Promise<void> {
    // A disk that fails here is reported by those whose work depends on it.
    this.#sweeping ??= this.#sweep()
      .catch(() => {})
      .finally(() => {
        this.#sweeping = undefined
      })
    return this.#sweeping
  }

  async #sweep(): Promise<void> {
    const { store, attacher, context, isOurs, onLeft } = this.#options
    const passed = new Set(this.#stuck)
    for (;;) {
      const limit = ROUND + passed.size
      const found = store.leftovers(limit)
      for (const each of found) if (!isOurs(each)) passed.add(each.id)
      const transfer = found.find(({ id }) => !passed.has(id))
      if (context.stopping.aborted) return
      if (transfer === undefined) {
        // Ours may stand behind all that is not.
        if (found.length < limit) return
        continue
      }
      try {
        if (!(await attacher.cleanUp(transfer, context))) onLeft(transfer)
      } catch (error) {
        if (isGoneAnyway(error)) store.dropAttach(transfer.id)
        else {
          this.#stuck.add(transfer.id)
          passed.add(transfer.id)
        }
      }
    }
  }
}

/** With the document, whatever was in it went. */
function isGoneAnyway(error: unknown): boolean {
  return error instanceof TransferError && lookUp(error).domain === 'target'
}
