import { queueMigration } from './0001-queue.ts'
import { watchMigration } from './0002-watch.ts'
import { controlsMigration } from './0003-controls.ts'
import { accountsMigration } from './0004-accounts.ts'
import { attachMigration } from './0005-attach.ts'
import { recordsMigration } from './0006-records.ts'
import { standingsMigration } from './0007-standings.ts'
import { batchesMigration } from './0008-batches.ts'
import { copiesMigration } from './0009-copies.ts'
import { placesOnDiskMigration } from './0010-places-on-disk.ts'
import { contentMigration } from './0011-content.ts'
import { pausesMigration } from './0012-pauses.ts'
import { vanishedMigration } from './0013-vanished.ts'
import { callsEverMigration } from './0014-calls-ever.ts'
import type { Migration } from './migration.ts'

/** In order; the number of those that were run is the database's `user_version`. */
export const MIGRATIONS: readonly Migration[] = [
  queueMigration,
  watchMigration,
  controlsMigration,
  accountsMigration,
  attachMigration,
  recordsMigration,
  standingsMigration,
  batchesMigration,
  copiesMigration,
  placesOnDiskMigration,
  contentMigration,
  pausesMigration,
  vanishedMigration,
  callsEverMigration,
]
