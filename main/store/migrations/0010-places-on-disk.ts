import type { Migration } from './migration.ts'

/** Whether a drive began at the watched folder: what it leaves behind when it is away is empty. */
const mounts = 'ALTER TABLE watch_scopes ADD COLUMN was_mount INTEGER NOT NULL DEFAULT 0'

export const placesOnDiskMigration: Migration = {
  name: '0010-places-on-disk',
  steps: [mounts],
}
