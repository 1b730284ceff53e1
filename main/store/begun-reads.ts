import { z } from 'zod'
import type { BegunUpload } from '#main/engine/ports.ts'
import { bytesSchema, timeSchema } from '#shared/model/numbers.ts'
import { uploadPointSchema } from '#shared/model/transfer.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'
import { kindList } from './transfer-row.ts'

const begunSchema = z.object({
  id: z.string(),
  path: z.string(),
  identity: z.string(),
  family: uploadPointSchema.shape.family,
  expiresAtMs: timeSchema,
  missingParts: bytesSchema,
  missingBytes: bytesSchema,
})

/** Upload transactions of what is in the queue, soonest to expire leading: a few dozen at most. */
export function prepareBegun(database: Database): () => BegunUpload[] {
  const select = database.prepare(`
    SELECT id, path, identity, point ->> 'family' AS family, begun.expires_at_ms AS expiresAtMs,
      max(0, size_bytes - sent_bytes) AS missingBytes,
      max(0, (size_bytes - sent_bytes + block_size_bytes - 1) / block_size_bytes) AS missingParts
    FROM transactions AS begun CROSS JOIN transfers ON key = transfer
    WHERE kind IN (${kindList(IN_QUEUE)})`)
  return () =>
    select
      .all()
      .map((row) => readRow(begunSchema, row, 'an upload that was begun'))
      .sort((a, b) => a.expiresAtMs - b.expiresAtMs)
}
