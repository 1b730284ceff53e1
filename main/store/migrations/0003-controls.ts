import type { Migration } from './migration.ts'

/** The person's own order: a lower rank goes first, whatever else speaks for another. */
const order = `
ALTER TABLE transfers ADD COLUMN rank REAL NOT NULL DEFAULT 0;

DROP INDEX transfers_ready;
DROP INDEX transfers_ready_by_batch;
CREATE INDEX transfers_ready ON transfers (rank, expires_at_ms IS NULL, expires_at_ms, key)
  WHERE runnable = 1;
CREATE INDEX transfers_ready_by_batch
  ON transfers (batch_id, rank, expires_at_ms IS NULL, expires_at_ms, key)
  WHERE runnable = 1;
`

/** One ordered run of keys for each kind and order; a window merges the runs of its kinds. */
const windows = `
CREATE INDEX transfers_by_rank ON transfers (kind, rank, key);
CREATE INDEX transfers_by_name ON transfers (kind, file_name COLLATE NOCASE, key);
CREATE INDEX transfers_by_size ON transfers (kind, size_bytes, key);
CREATE INDEX transfers_by_end ON transfers
  (kind, ifnull(finished_at_ms, queued_at_ms), key)
  WHERE kind IN ('done', 'failed', 'skipped', 'cancelled');
`

/** Bytes and calls beside the counts, for the line that says how far everything is. */
const tallies = `
ALTER TABLE tallies ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER transfer_added;
DROP TRIGGER transfer_moved;

CREATE TRIGGER transfer_added AFTER INSERT ON transfers BEGIN
  INSERT INTO tallies (scope, kind, transfers, bytes, calls) VALUES
    ('all', NEW.kind, 1, NEW.size_bytes, ${callsOf('NEW.size_bytes')}),
    ('batch:' || NEW.batch_id, NEW.kind, 1, NEW.size_bytes, ${callsOf('NEW.size_bytes')})
  ON CONFLICT (scope, kind) DO UPDATE SET
    transfers = transfers + 1, bytes = bytes + excluded.bytes, calls = calls + excluded.calls;
END;

CREATE TRIGGER transfer_moved AFTER UPDATE OF kind, batch_id, size_bytes ON transfers
WHEN NEW.kind <> OLD.kind OR NEW.batch_id <> OLD.batch_id OR NEW.size_bytes <> OLD.size_bytes BEGIN
  UPDATE tallies SET transfers = transfers - 1, bytes = bytes - OLD.size_bytes,
    calls = calls - ${callsOf('OLD.size_bytes')}
  WHERE scope IN ('all', 'batch:' || OLD.batch_id) AND kind = OLD.kind;
  INSERT INTO tallies (scope, kind, transfers, bytes, calls) VALUES
    ('all', NEW.kind, 1, NEW.size_bytes, ${callsOf('NEW.size_bytes')}),
    ('batch:' || NEW.batch_id, NEW.kind, 1, NEW.size_bytes, ${callsOf('NEW.size_bytes')})
  ON CONFLICT (scope, kind) DO UPDATE SET
    transfers = transfers + 1, bytes = bytes + excluded.bytes, calls = calls + excluded.calls;
END;

UPDATE tallies SET
  bytes = ifnull((SELECT sum(size_bytes) FROM transfers WHERE ${inScope()}), 0),
  calls = ifnull((SELECT sum(${callsOf('size_bytes')}) FROM transfers WHERE ${inScope()}), 0);
`

const timeline = `
CREATE TABLE timeline (
  transfer INTEGER NOT NULL REFERENCES transfers (key) ON DELETE CASCADE,
  number   INTEGER NOT NULL,       -- from 0, without gaps but for those cut out of a long history
  entry    TEXT NOT NULL,          -- JSON
  PRIMARY KEY (transfer, number)
) STRICT, WITHOUT ROWID;
`

/** About how many calls a file of this size costs: one up to 20 MiB, else parts of 4 MiB and two more. */
function callsOf(size: string): string {
  return `(CASE WHEN ${size} <= 20971520 THEN 1 ELSE (${size} + 4194303) / 4194304 + 2 END)`
}

function inScope(): string {
  return "transfers.kind = tallies.kind AND tallies.scope IN ('all', 'batch:' || transfers.batch_id)"
}

export const controlsMigration: Migration = {
  name: '0003-controls',
  steps: [order, windows, tallies, timeline],
}
