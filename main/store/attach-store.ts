import { z } from 'zod'
import type { Attachments } from '#main/engine/ports.ts'
import { attachStepSchema, type PendingAttach } from '#shared/model/transfer.ts'
import type { CallTally } from './call-tally.ts'
import { prepareSaveReceiptedCopy } from './copy-store.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { prepareKeyOf } from './transfer-keys.ts'
import { SET_STATE, stateColumns, TRANSFER_COLUMNS, transferFromRow } from './transfer-row.ts'

const attachSchema = z.object({
  place: jsonText(attachStepSchema),
  fileToken: z.string().nullable(),
}) satisfies z.ZodType<PendingAttach>

/** Creates the methods that store how uploaded files are brought to where they are seen. */
export function createAttachMethods(database: Database, calls: CallTally): Attachments {
  const keyOf = prepareKeyOf(database)
  const select = database.prepare(
    'SELECT place, file_token AS fileToken FROM attachments WHERE transfer = ?',
  )
  const upsert = database.prepare('INSERT OR REPLACE INTO attachments VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM attachments WHERE transfer = ?')
  const saveCopy = prepareSaveReceiptedCopy(database)
  const settle = database.prepare(`
    UPDATE transfers SET ${SET_STATE}, page_url = ifnull(:url, page_url),
      calls_made = calls_made + :made WHERE key = :key`)
  const prove = database.prepare('UPDATE receipts SET proof = ? WHERE transfer = ?')
  // A transfer that failed after its upload may still be attached; a cancel may be undone for a
  // moment.
  const selectLeftovers = database.prepare(`
    SELECT ${TRANSFER_COLUMNS} FROM transfers WHERE key IN (
      SELECT transfer FROM attachments CROSS JOIN transfers ON key = transfer
      WHERE json_extract(place, '$.kind') = 'block' AND (
        kind = 'skipped'
        OR (kind = 'failed' AND attachments.file_token IS NULL)
        OR (kind = 'cancelled' AND json_extract(place, '$.isGivenUp') = 1)))
    LIMIT ?`)

  return {
    pendingAttach(id) {
      const row = select.get(keyOf(id))
      return row && readRow(attachSchema, row, `the attachment of ${id}`)
    },
    saveAttach(id, { place, fileToken }) {
      upsert.run(keyOf(id), JSON.stringify(place), fileToken)
    },
    dropAttach(id) {
      remove.run(keyOf(id))
    },
    attached(id, { url = null, proof, ...result }) {
      const key = keyOf(id)
      inTransaction(database, () => {
        remove.run(key)
        settle.run({ ...stateColumns({ kind: 'done', ...result }), url, made: calls.take(id), key })
        if (proof !== undefined) prove.run(proof, key)
        saveCopy(key)
      })
    },
    leftovers: (limit) => selectLeftovers.all(limit).map(transferFromRow),
  }
}
