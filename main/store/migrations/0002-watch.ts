import type { Migration } from './migration.ts'

// A scope is a folder with its destination: a rule that is removed and made again finds its files.
// A stamp is inode, size and mtime in ns in one text, because the numbers exceed 2^53.

const scopes = `
CREATE TABLE watch_scopes (
  key         INTEGER PRIMARY KEY,
  folder      TEXT NOT NULL,
  destination TEXT NOT NULL,       -- JSON, always written the same way, so that it can be compared
  begun_for   TEXT,                -- the rule whose first sweep is complete
  UNIQUE (folder, destination)
) STRICT;

CREATE TABLE watch_dirs (
  key    INTEGER PRIMARY KEY,
  scope  INTEGER NOT NULL REFERENCES watch_scopes (key),
  path   TEXT NOT NULL,            -- below the folder, '/' between names, '' for the folder itself
  parent TEXT,
  gone   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (scope, path)
) STRICT;
CREATE INDEX watch_dirs_by_parent ON watch_dirs (scope, parent);
`

const files = `
CREATE TABLE watch_files (
  dir        INTEGER NOT NULL REFERENCES watch_dirs (key),
  name       TEXT NOT NULL,        -- as the file system spells it
  stamp      TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  standing   INTEGER NOT NULL,     -- 0 baseline, 1 queued, 2 up, 3 failed, 4 copy
  place      INTEGER,              -- the number of the remote folder it went to; NULL: not placed
  hash       BLOB,                 -- SHA-256 of the version that has the stamp
  transfer   TEXT,                 -- while it is queued or has failed
  gone_at_ms REAL,
  PRIMARY KEY (dir, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_files_by_stamp ON watch_files (stamp);
CREATE INDEX watch_files_by_transfer ON watch_files (transfer) WHERE transfer IS NOT NULL;
CREATE INDEX watch_files_queued ON watch_files (dir) WHERE transfer IS NOT NULL;
CREATE INDEX watch_files_by_hash ON watch_files (hash) WHERE hash IS NOT NULL;
CREATE INDEX watch_files_gone ON watch_files (size_bytes, gone_at_ms) WHERE gone_at_ms IS NOT NULL;
CREATE INDEX watch_files_unhashed ON watch_files (dir)
  WHERE hash IS NULL AND standing IN (1, 2) AND gone_at_ms IS NULL;
`

/** How full the remote folders are that a rule fills. */
const places = `
CREATE TABLE watch_places (
  scope    INTEGER NOT NULL REFERENCES watch_scopes (key),
  folder   TEXT NOT NULL,          -- JSON of the folder's names, as the local tree has it
  number   INTEGER NOT NULL,       -- 1: the folder itself, 2: "name (2)" …
  remote   TEXT NOT NULL,          -- JSON of the names that lead to it
  children INTEGER NOT NULL,
  PRIMARY KEY (scope, folder, number)
) STRICT, WITHOUT ROWID;
`

export const watchMigration: Migration = {
  name: '0002-watch',
  steps: [scopes, files, places],
}
