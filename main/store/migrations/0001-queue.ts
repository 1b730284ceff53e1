import type { Migration } from './migration.ts'

// Times are REAL because a JavaScript number goes in and comes out unchanged that way. Device,
// inode and nanosecond numbers exceed 2^53; they are text inside the fingerprint's JSON.

const transfers = `
CREATE TABLE transfers (
  key            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  batch_id       TEXT NOT NULL,
  kind           TEXT NOT NULL,
  runnable       INTEGER NOT NULL, -- 1: queued, or a waiting one whose time was seen to have come
  size_bytes     INTEGER NOT NULL,
  sent_bytes     INTEGER NOT NULL DEFAULT 0,
  queued_at_ms   REAL NOT NULL,
  expires_at_ms  REAL,             -- of its upload transaction, kept here for the order of ready()
  path           TEXT NOT NULL,
  file_name      TEXT NOT NULL,
  destination    TEXT NOT NULL,    -- JSON, always written the same way, so that it can be compared
  remote_folders TEXT NOT NULL,    -- likewise
  fingerprint    TEXT,
  wait_reason    TEXT,             -- from here on: what only some kinds of state have
  until_ms       REAL,
  error          TEXT,
  file_token     TEXT,
  finished_at_ms REAL
) STRICT;

CREATE UNIQUE INDEX transfers_open ON transfers (path, destination, remote_folders)
  WHERE kind <> 'done';
CREATE INDEX transfers_done ON transfers (path, destination, remote_folders, finished_at_ms)
  WHERE kind = 'done';
CREATE INDEX transfers_by_kind ON transfers (kind);
CREATE INDEX transfers_by_batch ON transfers (batch_id, kind);
CREATE INDEX transfers_ready ON transfers (expires_at_ms IS NULL, expires_at_ms, key)
  WHERE runnable = 1;
CREATE INDEX transfers_ready_by_batch ON transfers (batch_id, expires_at_ms IS NULL, expires_at_ms, key)
  WHERE runnable = 1;
CREATE INDEX transfers_waiting ON transfers (runnable, until_ms) WHERE kind = 'waiting';
CREATE INDEX transfers_waiting_by_batch ON transfers (batch_id, runnable, until_ms)
  WHERE kind = 'waiting';
CREATE INDEX transfers_by_token ON transfers (file_token) WHERE file_token IS NOT NULL;
`

/** Numbers for the queue's summary, kept up to date by triggers: reading them costs a few rows. */
const tallies = `
CREATE TABLE tallies (
  scope     TEXT NOT NULL,         -- 'all', or 'batch:' and the batch's id
  kind      TEXT NOT NULL,
  transfers INTEGER NOT NULL,
  PRIMARY KEY (scope, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER transfer_added AFTER INSERT ON transfers BEGIN
  INSERT INTO tallies VALUES ('all', NEW.kind, 1), ('batch:' || NEW.batch_id, NEW.kind, 1)
  ON CONFLICT (scope, kind) DO UPDATE SET transfers = transfers + 1;
END;

CREATE TRIGGER transfer_moved AFTER UPDATE OF kind, batch_id ON transfers
WHEN NEW.kind <> OLD.kind OR NEW.batch_id <> OLD.batch_id BEGIN
  UPDATE tallies SET transfers = transfers - 1
  WHERE scope IN ('all', 'batch:' || OLD.batch_id) AND kind = OLD.kind;
  INSERT INTO tallies VALUES ('all', NEW.kind, 1), ('batch:' || NEW.batch_id, NEW.kind, 1)
  ON CONFLICT (scope, kind) DO UPDATE SET transfers = transfers + 1;
END;
`

const checkpoints = `
CREATE TABLE transactions (
  transfer         INTEGER PRIMARY KEY REFERENCES transfers (key),
  upload_id        TEXT NOT NULL,
  identity         TEXT NOT NULL,
  point            TEXT NOT NULL,
  block_size_bytes INTEGER NOT NULL,
  block_count      INTEGER NOT NULL,
  fingerprint      TEXT NOT NULL,
  prepared_at_ms   REAL NOT NULL,
  expires_at_ms    REAL NOT NULL
) STRICT;

CREATE TABLE parts (
  transfer           INTEGER NOT NULL REFERENCES transactions (transfer) ON DELETE CASCADE,
  seq                INTEGER NOT NULL,
  size_bytes         INTEGER NOT NULL,
  checksum           INTEGER NOT NULL,
  acknowledged_at_ms REAL NOT NULL,
  PRIMARY KEY (transfer, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE landings (
  transfer             INTEGER PRIMARY KEY REFERENCES transfers (key),
  call                 TEXT NOT NULL,
  point                TEXT NOT NULL,
  fingerprint          TEXT NOT NULL,
  checksums            BLOB NOT NULL, -- unsigned 32 bit, little endian, in seq order
  started_at_server_ms REAL NOT NULL,
  tokens_before        TEXT NOT NULL
) STRICT;

CREATE TABLE receipts (
  transfer         INTEGER PRIMARY KEY REFERENCES transfers (key),
  fingerprint      TEXT NOT NULL,
  block_size_bytes INTEGER NOT NULL,
  checksums        BLOB NOT NULL
) STRICT;
`

const knowledge = `
CREATE TABLE quota (
  app_key    TEXT NOT NULL,
  day_key    TEXT NOT NULL,
  endpoint   TEXT NOT NULL,
  calls      INTEGER NOT NULL,
  last_at_ms REAL,
  PRIMARY KEY (app_key, day_key, endpoint)
) STRICT, WITHOUT ROWID;
CREATE INDEX quota_last ON quota (app_key, endpoint, last_at_ms);

CREATE TABLE folders (
  identity     TEXT NOT NULL,
  parent_token TEXT NOT NULL,
  name         TEXT NOT NULL,
  token        TEXT NOT NULL,
  PRIMARY KEY (identity, parent_token, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX folders_by_token ON folders (identity, token);

CREATE TABLE memos (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`

export const queueMigration: Migration = {
  name: '0001-queue',
  steps: [transfers, tallies, checkpoints, knowledge],
}
