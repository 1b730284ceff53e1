import type { Migration } from './migration.ts'

/** Where a file in a Base is to be seen. */
const records = `
ALTER TABLE transfers ADD COLUMN record_id TEXT; -- of a done one
`

export const recordsMigration: Migration = {
  name: '0006-records',
  steps: [records],
}
