import { LEAF_BYTES } from '#main/lib/content-hash.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'

/** For who has the file and the receipt, and not us. */
const HASH_METHOD = 'SHA-256 over the SHA-256s (32 bytes each) of its leaves'

type KnownPart = RequestOutput<'transfer.parts'>['parts'][number]

/**
 * Returns what was noted when the file arrived; undefined when another upload has replaced it
 * since.
 */
export function notedAtTheEnd({ id, path, destination, remoteFolders }: Transfer, stores: Stores) {
  const last = stores.transfers.lastDone(path, destination, remoteFolders)
  return last?.transfer.id === id ? last : undefined
}

/** A finished upload, so that anybody can check a file against it; undefined for all others. */
export function fullReceipt(transfer: Transfer, stores: Stores) {
  const { state, path, fileName, sizeBytes, destination, remoteFolders } = transfer
  if (state.kind !== 'done') return undefined
  const noted = notedAtTheEnd(transfer, stores)
  return {
    file: { name: fileName, path, sizeBytes },
    destination: { place: formatDestination(destination), folders: remoteFolders },
    fileToken: state.fileToken,
    /** Null: uploaded before it was kept. */
    content: { hash: noted?.contentHash ?? null, leafBytes: LEAF_BYTES, method: HASH_METHOD },
    finishedAt: new Date(state.finishedAtMs).toISOString(),
    parts: {
      sizeBytes: noted?.blockSizeBytes ?? sizeBytes,
      /** One for each part, in seq order, as Feishu accepted them. */
      adler32: noted?.checksums.map(hex) ?? [],
    },
  }
}

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
  const noted = notedAtTheEnd(transfer, stores)
  if (noted === undefined) return []
  const { blockSizeBytes, checksums } = noted
  return checksums.slice(from, until).map((checksum, step) => {
    const start = (from + step) * blockSizeBytes
    const partBytes = Math.min(blockSizeBytes, Math.max(0, sizeBytes - start))
    return { seq: from + step, sizeBytes: partBytes, checksum, acknowledgedAtMs: null }
  })
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0')
}
