import { isOn, type Pause, pauseFrom } from '#main/lib/pause.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { documentTypeFor } from '#shared/transfer/as-document.ts'

/** Time a place that refused files is left alone; a person may have fixed it since. */
const BLOCKED_MS = 15 * 60_000

/** Places that do not take files at present, so that not every file has to be refused there. */
export class BlockedTargets {
  readonly #blocks = new Map<string, { error: TransferError; pause: Pause }>()

  add(transfer: Transfer, error: TransferError, nowMs: number): void {
    this.#blocks.set(keyFor(error, transfer), { error, pause: pauseFrom(nowMs, BLOCKED_MS) })
  }

  /** Every place may be tried again. */
  clear(): void {
    this.#blocks.clear()
  }

  /** Returns the reason this transfer need not be tried now; undefined when it may be tried. */
  reason(transfer: Transfer, nowMs: number): TransferError | undefined {
    return [folderKey(transfer), destinationKey(transfer), kindKey(transfer)]
      .map((key) => this.#blocks.get(key))
      .find((block) => block !== undefined && isOn(block.pause, nowMs))?.error
  }
}

/** Returns the key of all that a refusal concerns beside the file that met it. */
function keyFor(error: TransferError, transfer: Transfer): string {
  const { policy, domain } = lookUp(error)
  if (policy === 'block-kind') return kindKey(transfer)
  // Missing rights concern the whole destination; a full or vanished folder only itself.
  return domain === 'permission' ? destinationKey(transfer) : folderKey(transfer)
}

/**
 * Returns the key of transfers with the same calls and so the same scopes; sharing uses one more.
 */
function kindKey(transfer: Transfer): string {
  const { destination, handling } = transfer
  return `${destination.kind} ${handling.shareWith !== undefined} ${formOf(transfer)}`
}

function destinationKey(transfer: Transfer): string {
  return JSON.stringify([transfer.destination, formOf(transfer)])
}

function folderKey(transfer: Transfer): string {
  return JSON.stringify([transfer.destination, transfer.remoteFolders, formOf(transfer)])
}

/** A folder may take files and no documents, which are made by other calls. */
function formOf(transfer: Transfer): string {
  return documentTypeFor(transfer) === undefined ? 'file' : 'document'
}
