import type { TRANSFER_CHANNELS } from '#shared/contract/transfer-channels.ts'
import { safeJson } from '#shared/text/safe-text.ts'
import { receiptJson } from '../receipts.ts'
import { isTriedAtStart } from '../unfinished.ts'
import { acknowledgedOf } from './acknowledged-parts.ts'
import type { Handlers } from './answer.ts'
import { destinationLink } from './links.ts'
import { type AppParts, receiptOf, transferOf } from './parts.ts'
import { detailsOf } from './transfer-details.ts'

export function transferHandlers(
  parts: Pick<
    AppParts,
    | 'stores'
    | 'moving'
    | 'recorder'
    | 'account'
    | 'watching'
    | 'surroundings'
    | 'row'
    | 'verifications'
    | 'looks'
    | 'clock'
  >,
): Pick<Handlers, keyof typeof TRANSFER_CHANNELS> {
  const { stores, moving, recorder, account, surroundings, watching } = parts
  return {
    'transfer.details'({ id }) {
      const transfer = transferOf(parts, id)
      recorder.flush()
      return detailsOf(transfer, {
        stores,
        row: parts.row(transfer),
        partsUnderWay: moving.partsUnderWay(id),
        isTriedAtStart: isTriedAtStart(
          transfer,
          watching.rules.filter(({ enabled }) => enabled),
        ),
        destinationLink: destinationLink(transfer.destination, account.brandFor(transfer.account)),
      })
    },
    'transfer.parts'({ id, from, limit }) {
      return { parts: acknowledgedOf(transferOf(parts, id), stores, from, from + limit) }
    },
    'transfer.receipt'({ id }) {
      const transfer = transferOf(parts, id)
      const receipt = receiptJson(receiptOf(parts, id))
      return {
        fileName: `${transfer.fileName}.feidi-receipt.json`,
        text: `${safeJson({ ...receipt, link: parts.row(transfer).link }, 2)}\n`,
      }
    },
    'transfer.verify': ({ id, bytes }) => parts.verifications.ask(receiptOf(parts, id), bytes),
    async 'transfer.look'({ id }) {
      const transfer = transferOf(parts, id)
      const row = parts.row(transfer)
      return { row, ...(await parts.looks.look(transfer, parts.clock.nowMs())) }
    },
    async 'transfer.reveal'({ id }) {
      await surroundings.reveal(transferOf(parts, id).path)
      return {}
    },
  }
}
