/**
 * The tables of `feidi.db`. Times are REAL because a JavaScript number goes in and comes out
 * unchanged that way. Device, inode and nanosecond numbers exceed 2^53, so they are text. JSON that
 * is compared (`destination`, `remote_folders`) is always written the same way.
 */

/**
 * The number of this schema, in `user_version`. Until version 1.0 it rises with every change of this
 * file. From then on number and file stay as they are, and each change is a migration.
 */
export const SCHEMA_VERSION = 29

/** The queue: one row for each file and the place it goes to. */
const transfers = `
CREATE TABLE transfers (
  key            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  batch_id       TEXT NOT NULL,    -- the latest run that asked for it
  addition       INTEGER NOT NULL, -- what it was added with, and stays with
  account        TEXT NOT NULL DEFAULT '', -- the identity it goes up as; '': the account in use
  rank           REAL NOT NULL,    -- the order: as queued, unless the person has moved it; negative: to the top
  path           TEXT NOT NULL,
  real_path      TEXT,             -- where the path led when it was chosen; NULL: not looked at
  file_name      TEXT NOT NULL,
  file_type      INTEGER NOT NULL, -- the place in FILE_TYPES that the name was given
  destination    TEXT NOT NULL,    -- JSON
  remote_folders TEXT NOT NULL,    -- JSON
  handling       TEXT NOT NULL DEFAULT '{}', -- JSON: what was asked for
  fingerprint    TEXT,             -- JSON
  size_bytes     INTEGER NOT NULL,
  sent_bytes     INTEGER NOT NULL DEFAULT 0,
  calls_made     INTEGER NOT NULL DEFAULT 0, -- API calls of all its runs; written with what they brought
  queued_at_ms   REAL NOT NULL,
  expires_at_ms  REAL,             -- of its upload transaction, kept here for the order of ready()
  kind           TEXT NOT NULL,    -- the kind of its state
  runnable       INTEGER NOT NULL, -- 1: queued, or waiting and its time was seen to have come
  wait_reason    TEXT,             -- from here on: what only some kinds of state have
  waits_since_ms REAL,             -- a clock set before this ends the pause
  until_ms       REAL,
  error          TEXT,             -- JSON
  error_code     TEXT,             -- JSON: the code of that
  file_token     TEXT,
  record_id      TEXT,
  document       TEXT,             -- the type of document it has become; NULL: a file
  finished_at_ms REAL,
  page_url       TEXT,             -- of the uploaded file, where Feishu has told it
  listed         INTEGER NOT NULL DEFAULT 1 -- 0: cleared from the list; only the history shows it
) STRICT;

CREATE UNIQUE INDEX transfers_open ON transfers (path, destination, remote_folders)
  WHERE kind <> 'done';
CREATE INDEX transfers_done ON transfers (path, destination, remote_folders, finished_at_ms)
  WHERE kind = 'done';
CREATE INDEX transfers_by_kind ON transfers (kind);
CREATE INDEX transfers_by_batch ON transfers (batch_id, kind);
CREATE INDEX transfers_by_token ON transfers (file_token) WHERE file_token IS NOT NULL;
`

/** Files that were added together: a folder, a drop, the files of a rule. The list shows each as a group. */
const additions = `
CREATE TABLE additions (
  key         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE, -- of the batch, or 'rule:' and the id of the rule
  kind        TEXT NOT NULL,        -- 'files', 'folder' or 'rule'
  label       TEXT NOT NULL,        -- the name of the folder, or of the first file
  destination TEXT NOT NULL,        -- JSON
  added_at_ms REAL NOT NULL,
  latest      INTEGER NOT NULL DEFAULT 0 -- the newest of its transfers
) STRICT;

CREATE INDEX transfers_by_addition ON transfers (addition, rank, key, kind) WHERE listed = 1;
CREATE TRIGGER addition_grown AFTER INSERT ON transfers BEGIN
  UPDATE additions SET latest = NEW.key WHERE key = NEW.addition;
END;
`

/** Those that the person has moved to the top go before uploads that were begun, and all others after them. */
export const ON_TOP = 'min(rank, 0.0)'

/** The order of ready() and the next wake-up, for all, for a batch and for an account. */
const readiness = `
CREATE INDEX transfers_ready ON transfers (${ON_TOP}, expires_at_ms IS NULL, expires_at_ms, rank, key)
  WHERE runnable = 1;
CREATE INDEX transfers_ready_by_batch
  ON transfers (batch_id, ${ON_TOP}, expires_at_ms IS NULL, expires_at_ms, rank, key)
  WHERE runnable = 1;
CREATE INDEX transfers_ready_by_account
  ON transfers (account, ${ON_TOP}, expires_at_ms IS NULL, expires_at_ms, rank, key)
  WHERE runnable = 1;
CREATE INDEX transfers_ready_by_batch_and_account
  ON transfers (batch_id, account, ${ON_TOP}, expires_at_ms IS NULL, expires_at_ms, rank, key)
  WHERE runnable = 1;
CREATE INDEX transfers_waiting ON transfers (runnable, until_ms) WHERE kind = 'waiting';
CREATE INDEX transfers_waiting_since ON transfers (runnable, waits_since_ms) WHERE kind = 'waiting';
CREATE INDEX transfers_waiting_by_batch ON transfers (batch_id, runnable, until_ms)
  WHERE kind = 'waiting';
CREATE INDEX transfers_waiting_by_account ON transfers (account, runnable, until_ms)
  WHERE kind = 'waiting';
`

/** One ordered run of keys for each kind and order; a window merges the runs of its kinds. */
const windows = `
CREATE INDEX transfers_listed ON transfers (kind) WHERE listed = 1;
CREATE INDEX transfers_by_rank ON transfers (kind, rank, key) WHERE listed = 1;
CREATE INDEX transfers_by_name ON transfers (kind, file_name COLLATE NOCASE, key) WHERE listed = 1;
CREATE INDEX transfers_by_size ON transfers (kind, size_bytes, key) WHERE listed = 1;
CREATE INDEX transfers_by_end ON transfers
  (kind, ifnull(finished_at_ms, queued_at_ms), key)
  WHERE kind IN ('done', 'failed', 'skipped', 'cancelled');
`

/** Numbers for the queue's summary, kept up to date by triggers: reading them costs a few rows. */
const tallies = `
CREATE TABLE tallies (
  scope     TEXT NOT NULL,         -- 'all', 'listed', 'batch:' and the batch's id, 'added:' and the addition's key
  kind      TEXT NOT NULL,
  transfers INTEGER NOT NULL,
  bytes     INTEGER NOT NULL,
  calls     INTEGER NOT NULL,      -- about how many all of them cost from the beginning
  large     INTEGER NOT NULL,      -- those that are too large for one call, and their bytes
  large_bytes INTEGER NOT NULL,
  PRIMARY KEY (scope, kind)
) STRICT, WITHOUT ROWID;

-- Every place that a transfer has gone to; a search looks among their names.
CREATE TABLE destinations (
  destination TEXT PRIMARY KEY     -- JSON
) STRICT, WITHOUT ROWID;

CREATE TRIGGER transfer_added AFTER INSERT ON transfers BEGIN
  INSERT OR IGNORE INTO destinations VALUES (NEW.destination);
  ${addToTallies()}
END;

CREATE TRIGGER transfer_moved AFTER UPDATE OF kind, batch_id, addition, size_bytes, listed ON transfers
WHEN NEW.kind <> OLD.kind OR NEW.batch_id <> OLD.batch_id OR NEW.addition <> OLD.addition
  OR NEW.size_bytes <> OLD.size_bytes
  OR NEW.listed <> OLD.listed
BEGIN
  ${takeFromTallies()}
  ${addToTallies()}
END;

CREATE TRIGGER transfer_discarded AFTER DELETE ON transfers BEGIN
  ${takeFromTallies()}
END;
`

/** The failures of the list by what they have in common, kept by triggers: few rows, however many fail. */
const troubles = `
CREATE TABLE troubles (
  error_code  TEXT NOT NULL,       -- JSON
  destination TEXT NOT NULL,       -- JSON
  account     TEXT NOT NULL,
  kind        TEXT NOT NULL,       -- 'failed' or 'blocked'
  transfers   INTEGER NOT NULL,
  error       TEXT NOT NULL,       -- JSON: the latest of them
  PRIMARY KEY (error_code, destination, account, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER trouble_added AFTER INSERT ON transfers WHEN ${inTrouble('NEW')} BEGIN
  ${addToTroubles()}
END;

CREATE TRIGGER trouble_moved AFTER UPDATE OF kind, listed, error, error_code, account, destination ON transfers
WHEN ${inTrouble('OLD')} OR ${inTrouble('NEW')}
BEGIN
  ${takeFromTroubles()}
  ${addToTroubles()}
END;

CREATE TRIGGER trouble_discarded AFTER DELETE ON transfers WHEN ${inTrouble('OLD')} BEGIN
  ${takeFromTroubles()}
END;
`

/** The progress of an upload, up to the receipt that outlives it. */
const checkpoints = `
CREATE TABLE transactions (
  transfer         INTEGER PRIMARY KEY REFERENCES transfers (key),
  upload_id        TEXT NOT NULL,
  identity         TEXT NOT NULL,
  point            TEXT NOT NULL,  -- JSON
  block_size_bytes INTEGER NOT NULL,
  block_count      INTEGER NOT NULL,
  fingerprint      TEXT NOT NULL,  -- JSON
  prepared_at_ms   REAL NOT NULL,
  expires_at_ms    REAL NOT NULL
) STRICT;

CREATE TABLE parts (
  transfer           INTEGER NOT NULL REFERENCES transactions (transfer) ON DELETE CASCADE,
  seq                INTEGER NOT NULL,
  size_bytes         INTEGER NOT NULL,
  checksum           INTEGER NOT NULL,
  acknowledged_at_ms REAL NOT NULL,
  sha256             BLOB,         -- of the bytes as they were sent
  PRIMARY KEY (transfer, seq)
) STRICT, WITHOUT ROWID;

-- A call that makes a file visible, announced before it leaves.
CREATE TABLE landings (
  transfer             INTEGER PRIMARY KEY REFERENCES transfers (key),
  call                 TEXT NOT NULL,
  point                TEXT NOT NULL, -- JSON
  fingerprint          TEXT NOT NULL, -- JSON
  checksums            BLOB NOT NULL, -- unsigned 32 bit, little endian, in seq order
  started_at_server_ms REAL NOT NULL,
  tokens_before        TEXT NOT NULL, -- JSON
  content_hash         BLOB,
  asked                TEXT           -- JSON: files that a person was asked about, and what they said
) STRICT;

CREATE TABLE receipts (
  transfer         INTEGER PRIMARY KEY REFERENCES transfers (key),
  fingerprint      TEXT NOT NULL,  -- JSON
  block_size_bytes INTEGER NOT NULL,
  checksums        BLOB NOT NULL,  -- as in landings
  content_hash     BLOB,
  version          TEXT,
  proof            TEXT NOT NULL,
  landed_at_server_ms REAL          -- by Feishu's clock; NULL: it had not told its time
) STRICT;
`

/** Files on their way to a record, a block or a sheet; at most one row for a transfer. */
const attachments = `
CREATE TABLE attachments (
  transfer   INTEGER PRIMARY KEY REFERENCES transfers (key),
  place      TEXT NOT NULL,        -- JSON: what is made, and how far that has come
  file_token TEXT                  -- NULL: the place is made before the upload
) STRICT;

-- Records of a Base that are written in one call, as they are sent.
CREATE TABLE record_batches (
  client_token TEXT PRIMARY KEY,
  records      TEXT NOT NULL       -- JSON: transfer, file and fields of each, in order
) STRICT, WITHOUT ROWID;
`

/** The events of a transfer, for the person to read. */
const timeline = `
CREATE TABLE timeline (
  transfer INTEGER NOT NULL REFERENCES transfers (key) ON DELETE CASCADE,
  number   INTEGER NOT NULL,       -- from 0, without gaps but for those cut out of a long history
  entry    TEXT NOT NULL,          -- JSON
  PRIMARY KEY (transfer, number)
) STRICT, WITHOUT ROWID;
`

/**
 * The files known to be in Feishu, apart from the queue: clearing the queue or the history leaves
 * them alone. One row for each remote file and local file that counts as uploaded through it.
 */
const copies = `
CREATE TABLE copies (
  key            INTEGER PRIMARY KEY,
  path           TEXT NOT NULL,
  destination    TEXT NOT NULL,    -- JSON
  remote_folders TEXT NOT NULL,    -- JSON
  file_name      TEXT NOT NULL,
  identity       TEXT NOT NULL,
  file_token     TEXT NOT NULL,
  document       TEXT,             -- the type of document it was asked to become; NULL: a file
  version        TEXT,
  content_hash   BLOB,             -- SHA-256 over the SHA-256s of its 4 MiB leaves
  fingerprint    TEXT NOT NULL,    -- JSON
  proof          TEXT NOT NULL,
  transfer       TEXT NOT NULL,    -- the id; the transfer itself may be gone
  landed_at_ms   REAL NOT NULL,
  missed_at_ms   REAL,             -- when a listing of its folder no longer had it
  is_current     INTEGER NOT NULL, -- 1: the newest for its local file and place
  touched_at_ms  REAL,             -- when we moved or renamed it last
  changed_at_server_ms REAL,       -- when we changed it last, by Feishu's clock; NULL: not known
  UNIQUE (path, destination, remote_folders, file_token)
) STRICT;

CREATE UNIQUE INDEX copies_current ON copies (path, destination, remote_folders) WHERE is_current = 1;
CREATE INDEX copies_in_folder ON copies (destination, remote_folders) WHERE is_current = 1;
CREATE INDEX copies_by_token ON copies (file_token);
`

/** Calls per app, day and endpoint. All calls ever counted stand in one row, kept by triggers. */
const quota = `
CREATE TABLE quota (
  app_key    TEXT NOT NULL,
  day_key    TEXT NOT NULL,
  endpoint   TEXT NOT NULL,
  calls      INTEGER NOT NULL,
  last_at_ms REAL,
  PRIMARY KEY (app_key, day_key, endpoint)
) STRICT, WITHOUT ROWID;
CREATE INDEX quota_last ON quota (app_key, endpoint, last_at_ms);

CREATE TABLE quota_total (
  key   INTEGER PRIMARY KEY CHECK (key = 1),
  calls INTEGER NOT NULL
) STRICT;
INSERT INTO quota_total VALUES (1, 0);

CREATE TRIGGER quota_added AFTER INSERT ON quota BEGIN
  UPDATE quota_total SET calls = calls + NEW.calls WHERE key = 1;
END;
CREATE TRIGGER quota_counted AFTER UPDATE OF calls ON quota BEGIN
  UPDATE quota_total SET calls = calls + NEW.calls - OLD.calls WHERE key = 1;
END;
`

/** Folders of Drive that were found or made, and small facts by name. */
const knowledge = `
CREATE TABLE folders (
  identity     TEXT NOT NULL,
  parent_token TEXT NOT NULL,
  name         TEXT NOT NULL,
  token        TEXT NOT NULL,
  made         INTEGER NOT NULL DEFAULT 0, -- 1: Feidi made it; 0: it was there, or that is not known
  PRIMARY KEY (identity, parent_token, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX folders_by_token ON folders (identity, token);

CREATE TABLE memos (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL              -- JSON
) STRICT, WITHOUT ROWID;
`

/**
 * The file index of watching. A scope is a folder with its destination, so that a rule that is
 * removed and made again finds its files.
 */
const watching = `
CREATE TABLE watch_scopes (
  key         INTEGER PRIMARY KEY,
  folder      TEXT NOT NULL,
  destination TEXT NOT NULL,       -- JSON
  begun_for   TEXT,                -- the rule whose first sweep is complete
  was_mount   INTEGER NOT NULL DEFAULT 0, -- 1: a drive began here; it leaves an empty folder behind
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

CREATE TABLE watch_files (
  dir        INTEGER NOT NULL REFERENCES watch_dirs (key),
  name       TEXT NOT NULL,        -- as the file system spells it
  stamp      TEXT NOT NULL,        -- inode, size, mtime and ctime in one text
  size_bytes INTEGER NOT NULL,
  standing   INTEGER NOT NULL,     -- 0 baseline, 1 queued, 2 up, 3 failed, 4 copy
  place      INTEGER,              -- the number of the remote folder it went to; NULL: not placed
  hash       BLOB,                 -- content hash of the version that has the stamp
  transfer   TEXT,                 -- while it is queued or has failed
  gone_at_ms REAL,
  PRIMARY KEY (dir, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_files_by_stamp ON watch_files (stamp);
CREATE INDEX watch_files_by_transfer ON watch_files (transfer) WHERE transfer IS NOT NULL;
CREATE INDEX watch_files_by_hash ON watch_files (hash) WHERE hash IS NOT NULL;
CREATE INDEX watch_files_by_standing ON watch_files (dir, standing) WHERE gone_at_ms IS NULL;
CREATE INDEX watch_files_queued ON watch_files (dir) WHERE transfer IS NOT NULL;
CREATE INDEX watch_files_gone ON watch_files (size_bytes, gone_at_ms) WHERE gone_at_ms IS NOT NULL;
CREATE INDEX watch_files_unhashed ON watch_files (dir)
  WHERE hash IS NULL AND standing = 2 AND gone_at_ms IS NULL;

-- How full the remote folders are that a rule fills.
CREATE TABLE watch_places (
  scope    INTEGER NOT NULL REFERENCES watch_scopes (key),
  folder   TEXT NOT NULL,          -- JSON of the folder's names, as the local tree has it
  number   INTEGER NOT NULL,       -- 1: the folder itself, 2: "name (2)" …
  remote   TEXT NOT NULL,          -- JSON of the names that lead to it
  children INTEGER NOT NULL,
  PRIMARY KEY (scope, folder, number)
) STRICT, WITHOUT ROWID;
`

/** Rules that follow: what is renamed, moved and deleted in Feishu as it was here. */
const following = `
CREATE TABLE follow_rules (
  rule     TEXT PRIMARY KEY,
  since_ms REAL NOT NULL,          -- what had vanished before is not deleted
  pins     TEXT NOT NULL,          -- JSON: what tells the folder, and each drive in it, from others
  stop     TEXT                    -- JSON: why a person is asked; NULL: it follows
) STRICT, WITHOUT ROWID;

-- Each is on disk before its first call, and as long as the limit counts it.
CREATE TABLE follow_steps (
  id            INTEGER PRIMARY KEY,
  rule          TEXT NOT NULL,
  kind          TEXT NOT NULL,
  path          TEXT NOT NULL,     -- below the rule's folder
  file_token    TEXT,
  place         TEXT NOT NULL,     -- JSON: folders and name in Feishu
  goal          TEXT,              -- JSON: the same afterwards; NULL: the recycle bin
  planned_at_ms REAL NOT NULL,
  due_at_ms     REAL NOT NULL,
  state         TEXT NOT NULL,
  ended_at_ms   REAL,
  error         TEXT               -- JSON
) STRICT;
CREATE INDEX follow_steps_by_rule ON follow_steps (rule);
CREATE INDEX follow_steps_calling ON follow_steps (file_token) WHERE state = 'calling';
`

export const SCHEMA = [
  transfers,
  additions,
  readiness,
  windows,
  tallies,
  troubles,
  checkpoints,
  attachments,
  timeline,
  copies,
  quota,
  knowledge,
  watching,
  following,
].join('')

function addToTallies(): string {
  const size = 'NEW.size_bytes'
  return `INSERT INTO tallies (scope, kind, transfers, bytes, calls, large, large_bytes)
    SELECT column1, NEW.kind, 1, ${size}, ${callsOf(size)}, ${isLarge(size)}, ${size} * ${isLarge(size)}
    FROM (VALUES ('all'), ('batch:' || NEW.batch_id), (iif(NEW.listed, 'listed', NULL)),
      (iif(NEW.listed, 'added:' || NEW.addition, NULL)))
    WHERE column1 IS NOT NULL
  ON CONFLICT (scope, kind) DO UPDATE SET
    transfers = transfers + 1, bytes = bytes + excluded.bytes, calls = calls + excluded.calls,
    large = large + excluded.large, large_bytes = large_bytes + excluded.large_bytes;`
}

function takeFromTallies(): string {
  const size = 'OLD.size_bytes'
  return `UPDATE tallies SET transfers = transfers - 1, bytes = bytes - ${size},
    calls = calls - ${callsOf(size)},
    large = large - ${isLarge(size)}, large_bytes = large_bytes - ${size} * ${isLarge(size)}
  WHERE kind = OLD.kind AND scope IN ('all', 'batch:' || OLD.batch_id, iif(OLD.listed, 'listed', ''),
    iif(OLD.listed, 'added:' || OLD.addition, ''));`
}

function isLarge(size: string): string {
  return `(${size} > 20971520)`
}

/** A damaged row without its error is not counted: the one who reads it reports that. */
function inTrouble(row: 'OLD' | 'NEW'): string {
  return `(${row}.listed = 1 AND ${row}.kind IN ('failed', 'blocked')
    AND ${row}.error IS NOT NULL AND ${row}.error_code IS NOT NULL)`
}

function addToTroubles(): string {
  return `INSERT INTO troubles (error_code, destination, account, kind, transfers, error)
    SELECT NEW.error_code, NEW.destination, NEW.account, NEW.kind, 1, NEW.error WHERE ${inTrouble('NEW')}
  ON CONFLICT DO UPDATE SET transfers = transfers + 1, error = excluded.error;`
}

function takeFromTroubles(): string {
  const group = `error_code = OLD.error_code AND destination = OLD.destination
    AND account = OLD.account AND kind = OLD.kind AND ${inTrouble('OLD')}`
  return `UPDATE troubles SET transfers = transfers - 1 WHERE ${group};
  DELETE FROM troubles WHERE ${group} AND transfers = 0;`
}

/** About how many calls a file of this size costs: one up to 20 MiB, else parts of 4 MiB and two more. */
export function callsOf(size: string): string {
  return `(CASE WHEN ${size} <= 20971520 THEN 1 ELSE (${size} + 4194303) / 4194304 + 2 END)`
}
