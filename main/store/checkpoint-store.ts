import { z } from 'zod'
import type { Checkpoints } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import {
  acknowledgedPartSchema,
  fingerprintSchema,
  uploadPointSchema,
  uploadTransactionSchema,
} from '#shared/model/transfer.ts'
import { prepareBegun } from './begun-reads.ts'
import { hashFromBlob, hashToBlob } from './blobs.ts'
import type { CallTally } from './call-tally.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { prepareKeyOf } from './transfer-keys.ts'

const transactionSchema = uploadTransactionSchema.extend({
  point: jsonText(uploadPointSchema),
  fingerprint: jsonText(fingerprintSchema),
})

const partSchema = acknowledgedPartSchema.extend({ sha256: z.unknown().transform(hashFromBlob) })

/** Upload transactions and their acknowledged parts: all that is known of what Feishu has. */
export function createCheckpointMethods(database: Database, calls: CallTally): Checkpoints {
  const keyOf = prepareKeyOf(database)
  const select = database.prepare(`
    SELECT upload_id AS uploadId, identity, point, block_size_bytes AS blockSizeBytes,
      block_count AS blockCount, fingerprint, prepared_at_ms AS preparedAtMs,
      expires_at_ms AS expiresAtMs
    FROM transactions WHERE transfer = ?`)
  const insert = database.prepare(`
    INSERT INTO transactions VALUES (:key, :uploadId, :identity, :point, :blockSizeBytes,
      :blockCount, :fingerprint, :preparedAtMs, :expiresAtMs)`)
  const remove = database.prepare('DELETE FROM transactions WHERE transfer = ?')
  const updateFingerprint = database.prepare(
    'UPDATE transactions SET fingerprint = ? WHERE transfer = ?',
  )
  const startOver = database.prepare(
    'UPDATE transfers SET expires_at_ms = ?, sent_bytes = 0, calls_made = calls_made + ? WHERE key = ?',
  )
  const selectParts = database.prepare(`
    SELECT seq, size_bytes AS sizeBytes, checksum, sha256, acknowledged_at_ms AS acknowledgedAtMs
    FROM parts WHERE transfer = ? ORDER BY seq`)

  return {
    begun: prepareBegun(database),
    transaction(id) {
      const row = select.get(keyOf(id))
      return row && readRow(transactionSchema, row, `the transaction of ${id}`)
    },
    openTransaction(id, { point, fingerprint, ...transaction }) {
      const key = keyOf(id)
      inTransaction(database, () => {
        remove.run(key)
        insert.run({
          key,
          uploadId: transaction.uploadId,
          identity: transaction.identity,
          point: JSON.stringify(point),
          blockSizeBytes: transaction.blockSizeBytes,
          blockCount: transaction.blockCount,
          fingerprint: JSON.stringify(fingerprint),
          preparedAtMs: transaction.preparedAtMs,
          expiresAtMs: transaction.expiresAtMs,
        })
        startOver.run(transaction.expiresAtMs, calls.take(id), key)
      })
    },
    confirmFingerprint(id, fingerprint) {
      const { changes } = updateFingerprint.run(JSON.stringify(fingerprint), keyOf(id))
      if (changes === 0) throw new TransferError('internal', { detail: `no transaction of ${id}` })
    },
    acknowledgePart: prepareAcknowledge(database, calls),
    acknowledgedParts(id) {
      const rows = selectParts.all(keyOf(id))
      return rows.map((row) => readRow(partSchema, row, `a part of ${id}`))
    },
    dropTransaction(id) {
      const key = keyOf(id)
      inTransaction(database, () => {
        remove.run(key)
        startOver.run(null, calls.take(id), key)
      })
    },
  }
}

/** The hot path: two pages and one fsync, whether a hundred files wait or a hundred thousand. */
function prepareAcknowledge(database: Database, calls: CallTally): Checkpoints['acknowledgePart'] {
  const keyOf = prepareKeyOf(database)
  const selectSize = database.prepare('SELECT size_bytes FROM parts WHERE transfer = ? AND seq = ?')
  const upsert = database.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)')
  const advance = database.prepare(
    'UPDATE transfers SET sent_bytes = sent_bytes + ?, calls_made = calls_made + ? WHERE key = ?',
  )

  return (id, { seq, sizeBytes, checksum, sha256, acknowledgedAtMs }) =>
    inTransaction(database, () => {
      const key = keyOf(id)
      // Sent again after a lost answer, a part must not count twice.
      const before = Number(selectSize.get(key, seq)?.['size_bytes'] ?? 0)
      upsert.run(key, seq, sizeBytes, checksum, acknowledgedAtMs, hashToBlob(sha256))
      advance.run(sizeBytes - before, calls.take(id), key)
    })
}
