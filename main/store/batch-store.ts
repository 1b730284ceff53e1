import { z } from 'zod'
import type { RecordBatches } from '#main/destination/ports.ts'
import { batchedRecordSchema, type RecordBatch } from '#shared/model/transfer.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { prepareKeyOf } from './transfer-keys.ts'

const batchSchema = z.object({
  clientToken: z.string(),
  records: jsonText(z.array(batchedRecordSchema)),
}) satisfies z.ZodType<RecordBatch>

/**
 * Places of a batch that still wait for it: a file may have been cancelled or started again since.
 */
const IN_BATCH = "json_extract(place, '$.batch') = :clientToken"

/** Records that are written together: their batch, and the places that belong to it. */
export function createBatchMethods(database: Database): RecordBatches {
  const keyOf = prepareKeyOf(database)
  const select = database.prepare(
    'SELECT client_token AS clientToken, records FROM record_batches WHERE client_token = ?',
  )
  const insert = database.prepare('INSERT INTO record_batches VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM record_batches WHERE client_token = ?')
  // Every file of it was cancelled: no one will ask for it.
  const removeUnwanted = database.prepare(`
    DELETE FROM record_batches WHERE client_token NOT IN (
      SELECT json_extract(place, '$.batch') FROM attachments
      WHERE json_extract(place, '$.batch') IS NOT NULL)`)
  const join = database.prepare(`
    UPDATE attachments SET place = json_set(place, '$.batch', :clientToken) WHERE transfer = :key`)
  const made = database.prepare(`
    UPDATE attachments SET place = json_set(json_remove(place, '$.batch'), '$.made', json(:made))
    WHERE ${IN_BATCH} AND transfer = (SELECT key FROM transfers WHERE id = :id)`)
  const leave = database.prepare(`
    UPDATE attachments SET place = json_set(json_remove(place, '$.batch'), '$.isSent', json(:isSent))
    WHERE ${IN_BATCH}`)

  const recordBatch: RecordBatches['recordBatch'] = (clientToken) => {
    const row = select.get(clientToken)
    return row && readRow(batchSchema, row, `the batch ${clientToken}`)
  }
  return {
    recordBatch,
    openBatch({ clientToken, records }) {
      inTransaction(database, () => {
        removeUnwanted.run()
        insert.run(clientToken, JSON.stringify(records))
        for (const { transferId } of records) join.run({ clientToken, key: keyOf(transferId) })
      })
    },
    batchMade(clientToken, recordIds) {
      inTransaction(database, () => {
        const { records = [] } = recordBatch(clientToken) ?? {}
        for (const [index, { transferId: id }] of records.entries()) {
          const recordId = recordIds[index]
          made.run({ clientToken, id, made: JSON.stringify({ recordId }) })
        }
        remove.run(clientToken)
      })
    },
    dissolveBatch(clientToken, mayBeThere) {
      inTransaction(database, () => {
        leave.run({ clientToken, isSent: String(mayBeThere) })
        remove.run(clientToken)
      })
    },
  }
}
