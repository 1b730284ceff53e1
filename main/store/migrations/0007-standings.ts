import type { Migration } from './migration.ts'

/** How many files of a watched folder stand how is counted in an index, without reading their rows. */
const standings = `
CREATE INDEX watch_files_by_standing ON watch_files (dir, standing) WHERE gone_at_ms IS NULL;
`

export const standingsMigration: Migration = { name: '0007-standings', steps: [standings] }
