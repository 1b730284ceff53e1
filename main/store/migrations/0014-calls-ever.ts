import type { Migration } from './migration.ts'

/** All calls ever counted, kept up to date by triggers: reading it costs one row, however long the ledger is. */
const callsEver = `
CREATE TABLE quota_total (
  key   INTEGER PRIMARY KEY CHECK (key = 1),
  calls INTEGER NOT NULL
) STRICT;
INSERT INTO quota_total SELECT 1, ifnull(sum(calls), 0) FROM quota;

CREATE TRIGGER quota_added AFTER INSERT ON quota BEGIN
  UPDATE quota_total SET calls = calls + NEW.calls WHERE key = 1;
END;
CREATE TRIGGER quota_counted AFTER UPDATE OF calls ON quota BEGIN
  UPDATE quota_total SET calls = calls + NEW.calls - OLD.calls WHERE key = 1;
END;
`

export const callsEverMigration: Migration = { name: '0014-calls-ever', steps: [callsEver] }
