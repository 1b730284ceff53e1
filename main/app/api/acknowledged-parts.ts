import type { Stores } from '#main/store/open-stores.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { Transfer } from '#shared/model/transfer.ts'

type KnownPart = RequestOutput<'transfer.parts'>['parts'][number]

/** Acknowledged parts from seq `from` to before `until`; of a finished upload, as its receipt has them. */
export function acknowledgedOf(
  transfer: Transfer,
  stores: Stores,
  from: number,
  until: number,
): KnownPart[] {
  const { id, state, sizeBytes } = transfer
  if (state.kind !== 'done') {
    const parts = stores.transfers.acknowledgedParts(id)
    return parts.filter(({ seq }) => seq >= from && seq < until)
  }
  const noted = stores.receipts.ofTransfer(id)
  if (noted === undefined) return []
  const { blockSizeBytes, checksums } = noted
  return checksums.slice(from, until).map((checksum, step) => {
    const start = (from + step) * blockSizeBytes
    const partBytes = Math.min(blockSizeBytes, Math.max(0, sizeBytes - start))
    return { seq: from + step, sizeBytes: partBytes, checksum, acknowledgedAtMs: null }
  })
}
