import type { Migration } from './migration.ts'

/** Records of a Base that are written in one call, as they are sent. */
const recordBatches = `
CREATE TABLE record_batches (
  client_token TEXT PRIMARY KEY,
  records      TEXT NOT NULL     -- JSON: transfer, file and fields of each, in order
) STRICT, WITHOUT ROWID;
`

export const batchesMigration: Migration = {
  name: '0008-batches',
  steps: [recordBatches],
}
