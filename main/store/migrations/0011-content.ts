import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Migration } from './migration.ts'

const LEAF_BYTES = 4 * 1024 * 1024

/**
 * The index kept the plain SHA-256 of a file. The content hash of a file of one leaf is the SHA-256
 * of that; larger ones are read again in the background.
 */
function toContentHashes(database: DatabaseSync): void {
  database.function('sha256', { deterministic: true }, (bytes) =>
    createHash('sha256')
      .update(bytes as Uint8Array)
      .digest(),
  )
  database.exec(`
    UPDATE watch_files SET hash = CASE
      WHEN size_bytes = 0 THEN hash WHEN size_bytes <= ${LEAF_BYTES} THEN sha256(hash) END
    WHERE hash IS NOT NULL`)
}

/** A queued file tells its hash when it is up. */
const unhashed = `
DROP INDEX watch_files_unhashed;
CREATE INDEX watch_files_unhashed ON watch_files (dir)
  WHERE hash IS NULL AND standing = 2 AND gone_at_ms IS NULL;
`

export const contentMigration: Migration = {
  name: '0011-content',
  steps: [toContentHashes, unhashed],
}
