import type { TRANSFER_CHANNELS } from '#shared/contract/transfer-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { safeJson } from '#shared/text/safe-text.ts'
import type { Handlers } from './answer.ts'
import { destinationLink } from './links.ts'
import { type AppParts, transferOf } from './parts.ts'
import { acknowledgedOf, fullReceipt } from './receipt.ts'
import { detailsOf } from './transfer-details.ts'

export function transferHandlers(
  parts: Pick<AppParts, 'stores' | 'moving' | 'recorder' | 'account' | 'surroundings' | 'row'>,
): Pick<Handlers, keyof typeof TRANSFER_CHANNELS> {
  const { stores, moving, recorder, account, surroundings } = parts
  return {
    'transfer.details'({ id }) {
      const transfer = transferOf(parts, id)
      recorder.flush()
      return detailsOf(transfer, {
        stores,
        row: parts.row(transfer),
        partsUnderWay: moving.partsUnderWay(id),
        destinationLink: destinationLink(transfer.destination, account.brandFor(transfer.account)),
      })
    },
    'transfer.parts'({ id, from, limit }) {
      return { parts: acknowledgedOf(transferOf(parts, id), stores, from, from + limit) }
    },
    'transfer.receipt'({ id }) {
      const transfer = transferOf(parts, id)
      const receipt = fullReceipt(transfer, stores)
      if (receipt === undefined) throw new TransferError('transfer-gone')
      return {
        fileName: `${transfer.fileName}.feidi-receipt.json`,
        text: `${safeJson({ ...receipt, link: parts.row(transfer).link }, 2)}\n`,
      }
    },
    async 'transfer.reveal'({ id }) {
      await surroundings.reveal(transferOf(parts, id).path)
      return {}
    },
  }
}
