import type { Migration } from './migration.ts'

/**
 * What is known to be in Feishu, apart from the queue: clearing the queue or the history leaves it
 * alone. One row for each remote file and local file that counts as up through it; `is_current` marks
 * the newest for a local file and a place.
 */
const copies = `
CREATE TABLE copies (
  key            INTEGER PRIMARY KEY,
  path           TEXT NOT NULL,
  destination    TEXT NOT NULL,    -- JSON, always written the same way, so that it can be compared
  remote_folders TEXT NOT NULL,    -- likewise
  file_name      TEXT NOT NULL,
  identity       TEXT NOT NULL,
  file_token     TEXT NOT NULL,
  version        TEXT,
  content_hash   BLOB,             -- SHA-256 over the SHA-256s of its 4 MiB leaves
  fingerprint    TEXT NOT NULL,
  proof          TEXT NOT NULL,
  transfer       TEXT NOT NULL,    -- the id; the transfer itself may be gone
  landed_at_ms   REAL NOT NULL,
  missed_at_ms   REAL,
  is_current     INTEGER NOT NULL,
  UNIQUE (path, destination, remote_folders, file_token)
) STRICT;

CREATE UNIQUE INDEX copies_current ON copies (path, destination, remote_folders) WHERE is_current = 1;
CREATE INDEX copies_by_token ON copies (file_token);
`

/** Their content is not known, so a change of their file is decided by uploading it. */
const knownBefore = `
INSERT INTO copies (path, destination, remote_folders, file_name, identity, file_token, fingerprint,
  proof, transfer, landed_at_ms, is_current)
SELECT path, destination, remote_folders, file_name, account, file_token, receipts.fingerprint,
  'unproven', id, finished_at_ms, 0
FROM transfers JOIN receipts ON transfer = key WHERE kind = 'done' AND file_token IS NOT NULL
ORDER BY finished_at_ms, key
ON CONFLICT (path, destination, remote_folders, file_token) DO UPDATE SET
  fingerprint = excluded.fingerprint, transfer = excluded.transfer,
  landed_at_ms = excluded.landed_at_ms;

UPDATE copies SET is_current = 1 WHERE key IN (
  SELECT key FROM (SELECT key, row_number() OVER (
    PARTITION BY path, destination, remote_folders ORDER BY landed_at_ms DESC, key DESC) AS place
    FROM copies)
  WHERE place = 1);
`

const hashes = `
ALTER TABLE parts ADD COLUMN sha256 BLOB;            -- of the bytes as they were sent
ALTER TABLE landings ADD COLUMN content_hash BLOB;
ALTER TABLE receipts ADD COLUMN content_hash BLOB;
ALTER TABLE receipts ADD COLUMN version TEXT;
ALTER TABLE receipts ADD COLUMN proof TEXT NOT NULL DEFAULT 'unproven';
`

export const copiesMigration: Migration = {
  name: '0009-copies',
  steps: [copies, knownBefore, hashes],
}
