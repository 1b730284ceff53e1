import type { Migration } from './migration.ts'

/** Whether a drive began at the watched folder: what it leaves behind when it is away is empty. */
const mounts = 'ALTER TABLE watch_scopes ADD COLUMN was_mount INTEGER NOT NULL DEFAULT 0'

/** Where a path led, links and all, when it was chosen; NULL where it could not be looked at. */
const realPaths = 'ALTER TABLE transfers ADD COLUMN real_path TEXT'

export const placesOnDiskMigration: Migration = {
  name: '0010-places-on-disk',
  steps: [mounts, realPaths],
}
