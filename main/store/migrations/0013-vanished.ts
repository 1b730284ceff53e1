import type { Migration } from './migration.ts'

/** What is known to be in one folder, to be compared with a listing of it. */
const copiesInFolder = `
CREATE INDEX copies_in_folder ON copies (destination, remote_folders) WHERE is_current = 1;
`

export const vanishedMigration: Migration = {
  name: '0013-vanished',
  steps: [copiesInFolder],
}
