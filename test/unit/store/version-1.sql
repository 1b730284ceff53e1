-- A database as the first release makes and leaves it. Never changed again: later releases must read it.

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

CREATE TABLE tallies (
  scope     TEXT NOT NULL,         -- 'all', or 'batch:' and the batch's id
  kind      TEXT NOT NULL,
  transfers INTEGER NOT NULL,
  PRIMARY KEY (scope, kind)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE quota (
  app_key    TEXT NOT NULL,
  day_key    TEXT NOT NULL,
  endpoint   TEXT NOT NULL,
  calls      INTEGER NOT NULL,
  last_at_ms REAL,
  PRIMARY KEY (app_key, day_key, endpoint)
) STRICT, WITHOUT ROWID;

CREATE TABLE folders (
  identity     TEXT NOT NULL,
  parent_token TEXT NOT NULL,
  name         TEXT NOT NULL,
  token        TEXT NOT NULL,
  PRIMARY KEY (identity, parent_token, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE memos (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX quota_last ON quota (app_key, endpoint, last_at_ms);

CREATE INDEX folders_by_token ON folders (identity, token);

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

INSERT INTO transfers (key, id, batch_id, kind, runnable, size_bytes, sent_bytes, queued_at_ms, expires_at_ms, path,
  file_name, destination, remote_folders, fingerprint, wait_reason, until_ms, error, file_token, finished_at_ms) VALUES
  (1, '0000000rs-000000000001', 'b1', 'sending', 0, 10485760, 8388608, 1000, 86401000, '/home/li/报告/a.bin', 'a.bin',
    '{"kind":"folder","folderToken":"fldcnRoot"}', '["一","二"]', '{"dev":"18446744073709551615","ino":"9223372036854775808","sizeBytes":10485760,"mtimeNs":"1763884800123456789"}', NULL, NULL, NULL, NULL, NULL),
  (2, '0000000rs-000000000002', 'b1', 'waiting', 0, 10485760, 0, 1000, NULL, '/home/li/报告/b.bin', 'b.bin',
    '{"kind":"folder","folderToken":"fldcnRoot"}', '[]', NULL, 'network', 5000.5, '{"code":1061045,"detail":"busy","missingScopes":["drive:file"],"atMs":7}', NULL, NULL),
  (3, '0000000rs-000000000003', 'b2', 'done', 0, 10485760, 10485760, 1000, NULL, '/home/li/报告/c.bin', 'c.bin',
    '{"kind":"media","parentType":"docx_file","parentNode":"n"}', '[]', '{"dev":"18446744073709551615","ino":"9223372036854775808","sizeBytes":10485760,"mtimeNs":"1763884800123456789"}', NULL, NULL, NULL, 'boxcn1', 2000),
  (4, '0000000rs-000000000004', 'b2', 'failed', 0, 3, 0, 1000, NULL, '/home/li/报告/d.bin', 'd.bin',
    '{"kind":"folder","folderToken":"fldcnRoot"}', '[]', '{"dev":"18446744073709551615","ino":"9223372036854775808","sizeBytes":10485760,"mtimeNs":"1763884800123456789"}', NULL, NULL, '{"code":"source-missing","atMs":3}', NULL, NULL);
INSERT INTO transactions VALUES (1, '7309853459834958345', 'cli_a1b2/tenant', '{"family":"files","parentType":"explorer","parentNode":"fldcnRoot"}', 4194304, 3, '{"dev":"18446744073709551615","ino":"9223372036854775808","sizeBytes":10485760,"mtimeNs":"1763884800123456789"}', 1000, 86401000);
INSERT INTO parts VALUES (1, 0, 4194304, 4294967295, 2000), (1, 1, 4194304, 4294967294, 2000);
INSERT INTO landings VALUES (2, 'upload_finish', '{"family":"files","parentType":"explorer","parentNode":"fldcnRoot"}', '{"dev":"18446744073709551615","ino":"9223372036854775808","sizeBytes":10485760,"mtimeNs":"1763884800123456789"}', x'0000000001000000ffffffff', 5000.5, '["boxcnOld"]');
INSERT INTO receipts VALUES (3, '{"dev":"18446744073709551615","ino":"9223372036854775808","sizeBytes":10485760,"mtimeNs":"1763884800123456789"}', 4194304, x'0100000002000000ffffffff');
INSERT INTO quota VALUES ('cli_a1', '2026-01-01', 'part', 42, 1500);
INSERT INTO folders VALUES ('me', 'root', 'Photos', 'fldcnPhotos');
INSERT INTO memos VALUES ('lanes', '{"n":3}');
PRAGMA application_id = 0x46656964;
PRAGMA user_version = 1;
