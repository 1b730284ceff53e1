import type { Migration } from './migration.ts'

/** Files on their way to a record, a block or a sheet; at most one row for a transfer. */
const attachments = `
CREATE TABLE attachments (
  transfer   INTEGER PRIMARY KEY REFERENCES transfers (key),
  place      TEXT NOT NULL,        -- JSON: what is made, and how far that has come
  file_token TEXT                  -- NULL: the place is made before the upload
) STRICT;
`

const handling = `
ALTER TABLE transfers ADD COLUMN handling TEXT NOT NULL DEFAULT '{}'; -- JSON: what was asked for
`

export const attachMigration: Migration = {
  name: '0005-attach',
  steps: [attachments, handling],
}
