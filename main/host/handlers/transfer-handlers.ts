import type { TRANSFER_CHANNELS } from '#shared/ipc/transfer-channels.ts'
import type { Handlers } from '../answer.ts'
import { destinationLink } from '../links.ts'
import { detailsOf } from '../transfer-details.ts'
import { type HostParts, transferOf } from './parts.ts'

export function transferHandlers(parts: HostParts): Pick<Handlers, keyof typeof TRANSFER_CHANNELS> {
  const { stores, moving, recorder, account, surroundings } = parts
  return {
    'transfer.details'({ id }) {
      const transfer = transferOf(parts, id)
      recorder.flush()
      return detailsOf(transfer, {
        stores,
        row: parts.row(transfer),
        partsUnderWay: moving.partsUnderWay(id),
        destinationLink: destinationLink(transfer.destination, account.brand),
      })
    },
    'transfer.parts'({ id, from, limit }) {
      transferOf(parts, id)
      const until = from + limit
      const wanted = stores.transfers
        .acknowledgedParts(id)
        .filter(({ seq }) => seq >= from && seq < until)
      return { parts: wanted }
    },
    async 'transfer.reveal'({ id }) {
      await surroundings.reveal(transferOf(parts, id).path)
      return {}
    },
  }
}
