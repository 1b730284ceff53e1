import type { Migration } from './migration.ts'

/** When a waiting transfer began to wait: the clock may be set before that, and its pause is over then. */
const since = `
ALTER TABLE transfers ADD COLUMN waits_since_ms REAL;
UPDATE transfers SET waits_since_ms = error ->> '$.atMs' WHERE kind = 'waiting';
CREATE INDEX transfers_waiting_since ON transfers (runnable, waits_since_ms) WHERE kind = 'waiting';
`

export const pausesMigration: Migration = { name: '0012-pauses', steps: [since] }
