import type { Migration } from './migration.ts'

/**
 * Each transfer keeps the account it was asked for with; '' is whichever is in use. An account's engine
 * asks for its own, so the account leads in what `ready` and the next wake-up are found by.
 */
const accounts = `
ALTER TABLE transfers ADD COLUMN account TEXT NOT NULL DEFAULT '';

CREATE INDEX transfers_ready_by_account
  ON transfers (account, rank, expires_at_ms IS NULL, expires_at_ms, key)
  WHERE runnable = 1;
CREATE INDEX transfers_ready_by_batch_and_account
  ON transfers (batch_id, account, rank, expires_at_ms IS NULL, expires_at_ms, key)
  WHERE runnable = 1;
CREATE INDEX transfers_waiting_by_account ON transfers (account, runnable, until_ms)
  WHERE kind = 'waiting';
`

export const accountsMigration: Migration = { name: '0004-accounts', steps: [accounts] }
