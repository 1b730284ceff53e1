/** Receipts of finished uploads as others can read them. */
import { LEAF_BYTES } from '#main/lib/content-hash.ts'
import { openReceiptsReadOnly } from '#main/store/open-read-only.ts'
import type { Receipt } from '#main/store/receipt-store.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'

export type { Receipt }

/** The method, for a person who has the file and the receipt, but not Feidi. */
const HASH_METHOD = 'SHA-256 over the SHA-256s (32 bytes each) of its leaves'

/** A receipt as JSON has it. Times are ISO 8601, sums are hex. */
export function receiptJson(receipt: Receipt) {
  const { fileName, path, fingerprint, destination, remoteFolders, fileToken } = receipt
  return {
    id: receipt.transferId,
    file: { name: fileName, path, sizeBytes: fingerprint.sizeBytes },
    destination: { place: formatDestination(destination), folders: remoteFolders },
    fileToken,
    /** The type of document it became; null: it is a file. */
    document: receipt.document,
    /** As Feishu numbers it; null where its answer did not tell. */
    version: receipt.version,
    account: receipt.identity,
    finishedAt: new Date(receipt.landedAtMs).toISOString(),
    /** The proof that Feishu has it: its `answer`, a second `finish`, a comparison of the `bytes`, the `version`, a `person`. */
    proof: receipt.proof,
    /** API calls that were made for it: parts, repeats and looks at its folder, over all pauses and restarts. */
    calls: receipt.calls,
    /** Null: uploaded before it was kept. */
    content: { hash: receipt.contentHash, leafBytes: LEAF_BYTES, method: HASH_METHOD },
    parts: {
      sizeBytes: receipt.blockSizeBytes,
      /** One for each part, in seq order, as Feishu accepted them. */
      adler32: receipt.checksums.map(hex),
    },
  }
}

/** The columns of receipts in a table. */
export const RECEIPT_HEADINGS = [
  'finished_at',
  'path',
  'name',
  'size_bytes',
  'destination',
  'remote_folders',
  'file_token',
  'version',
  'document',
  'proof',
  'content_hash',
  'account',
  'parts',
  'transfer_id',
  'calls',
] as const

/** A receipt as a line of a table. */
export function receiptLine(receipt: Receipt): (string | number)[] {
  return [
    new Date(receipt.landedAtMs).toISOString(),
    receipt.path,
    receipt.fileName,
    receipt.fingerprint.sizeBytes,
    formatDestination(receipt.destination),
    receipt.remoteFolders.join('/'),
    receipt.fileToken,
    receipt.version ?? '',
    receipt.document ?? '',
    receipt.proof,
    receipt.contentHash ?? '',
    receipt.identity,
    receipt.checksums.length,
    receipt.transferId,
    receipt.calls,
  ]
}

/** Receipts of a home, of these files and folders or of all. Reads only, also while Feidi is at work. */
export function* receiptsOf(home: string, paths: readonly string[]): Generator<Receipt> {
  const open = openReceiptsReadOnly(home)
  try {
    if (open === undefined) return
    if (paths.length === 0) yield* open.receipts.all()
    for (const path of paths) yield* open.receipts.all(path)
  } finally {
    open?.close()
  }
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0')
}
