import { sep } from 'node:path'
import { z } from 'zod'
import type { CopyStore } from '#main/engine/ports.ts'
import { type Copy, copySchema } from '#shared/model/copy.ts'
import { destinationSchema, fingerprintSchema, handlingSchema } from '#shared/model/transfer.ts'
import { documentTypeFor } from '#shared/transfer/as-document.ts'
import { hashFromBlob, hashToBlob } from './blobs.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { placeColumns } from './transfer-row.ts'

/** The columns `copyOf` needs, for a SELECT from `copies`. */
export const COPY_COLUMNS = `path, destination, remote_folders AS remoteFolders, file_name AS fileName, identity,
  file_token AS fileToken, document, version, content_hash AS contentHash, fingerprint, proof,
  transfer AS transferId, landed_at_ms AS landedAtMs, missed_at_ms AS missedAtMs`

export const copyRowSchema = copySchema.extend({
  destination: jsonText(destinationSchema),
  remoteFolders: jsonText(z.array(z.string())),
  contentHash: z.unknown().transform(hashFromBlob),
  fingerprint: jsonText(fingerprintSchema),
})

const receiptedCopySchema = copyRowSchema.extend({
  handling: jsonText(handlingSchema),
  landedAtServerMs: z.number().nullable(),
})

/** @param changedAtServerMs null: as it is known from other rows of the same file */
type SaveCopy = (copy: Copy, changedAtServerMs: number | null) => void

/** Creates the store of files that are known to be in Feishu. */
export function createCopyStore(database: Database): CopyStore {
  const share = prepareShareCopies(database)
  const selectAt = database.prepare(`
    SELECT ${COPY_COLUMNS} FROM copies
    WHERE path = ? AND destination = ? AND remote_folders = ? AND is_current = 1`)
  const selectOfPath = prepareSelectOfPath(database)
  const selectHolders = database.prepare(`
    SELECT ${COPY_COLUMNS} FROM copies
    WHERE file_token IN (SELECT value FROM json_each(?)) AND is_current = 1`)
  const selectKnown = database.prepare(`
    SELECT DISTINCT file_token AS token FROM copies
    WHERE file_token IN (SELECT value FROM json_each(?))`)
  const setFingerprint = database.prepare(`
    UPDATE copies SET fingerprint = ?
    WHERE path = ? AND destination = ? AND remote_folders = ? AND file_token = ?`)
  // A listing may lag behind a move just as behind a landing.
  const selectInFolder = database.prepare(`
    SELECT ${COPY_COLUMNS.replace('landed_at_ms AS', 'max(landed_at_ms, ifnull(touched_at_ms, 0)) AS')}
    FROM copies
    WHERE destination = ? AND remote_folders = ? AND is_current = 1
      AND file_token NOT IN (
        SELECT file_token FROM follow_steps WHERE state = 'calling' AND file_token IS NOT NULL)`)
  const selectMissing = database.prepare(`
    SELECT ${COPY_COLUMNS} FROM copies
    WHERE path > :below AND path < :beyond AND destination = :destination AND is_current = 1
      AND missed_at_ms IS NOT NULL ORDER BY path`)
  const setMissed = database.prepare('UPDATE copies SET missed_at_ms = ? WHERE file_token = ?')
  const remove = database.prepare(`
    DELETE FROM copies
    WHERE (path = :path OR (path > :below AND path < :beyond))
      AND (:destination IS NULL OR destination = :destination)`)

  return {
    at(path, destination, remoteFolders) {
      const place = placeColumns(destination, remoteFolders)
      const row = selectAt.get(path, place.destination, place.remoteFolders)
      return row && copyOf(row)
    },
    ofPath: (path, destination) =>
      selectOfPath.all(path, placeColumns(destination, []).destination).map(copyOf),
    holders: (tokens) => selectHolders.all(JSON.stringify(tokens)).map(copyOf),
    known: (tokens) =>
      new Set(selectKnown.all(JSON.stringify(tokens)).map((row) => String(row['token']))),
    share(path, { path: other, destination }) {
      const text = placeColumns(destination, []).destination
      inTransaction(database, () => share(other, text)(path))
    },
    confirm({ path, destination, remoteFolders, fileToken }, fingerprint) {
      const place = placeColumns(destination, remoteFolders)
      const text = JSON.stringify(fingerprint)
      setFingerprint.run(text, path, place.destination, place.remoteFolders, fileToken)
    },
    inFolder: (destination, remoteFolders) => {
      const place = placeColumns(destination, remoteFolders)
      return selectInFolder.all(place.destination, place.remoteFolders).map(copyOf)
    },
    missing: (folder, destination) =>
      selectMissing
        .all({ ...namesBelow(folder), destination: placeColumns(destination, []).destination })
        .map(copyOf),
    missed: (tokens, atMs) => {
      inTransaction(database, () => {
        for (const token of tokens) setMissed.run(atMs, token)
      })
    },
    forget: (path, destination) =>
      Number(
        remove.run({
          path,
          ...namesBelow(path),
          destination: destination === undefined ? null : placeColumns(destination, []).destination,
        }).changes,
      ),
  }
}

/** Paths in a folder are those between; "folder-2" and the like are none of them. */
export function namesBelow(folder: string) {
  const below = folder.endsWith(sep) ? folder : folder + sep
  const afterSeparator = String.fromCharCode(sep.charCodeAt(0) + 1)
  return { below, beyond: below.slice(0, -1) + afterSeparator }
}

/** A row of `copies` as the rest of the program knows it. */
export function copyOf(row: Record<string, unknown>): Copy {
  return readRow(copyRowSchema, row, 'a copy in Feishu')
}

function prepareSelectOfPath(database: Database) {
  return database.prepare(`
    SELECT ${COPY_COLUMNS} FROM copies
    WHERE path = ? AND destination = ? AND is_current = 1 ORDER BY landed_at_ms DESC, key DESC`)
}

/**
 * Lets a file count as up through the copies of another one, inside a transaction of the caller's.
 * The other's are read at once; the function that is returned gives them to a file. The destination
 * is as it is stored.
 */
export function prepareShareCopies(
  database: Database,
): (ofPath: string, destination: string) => (path: string) => void {
  const save = prepareSaveCopy(database)
  const selectOfPath = prepareSelectOfPath(database)
  return (ofPath, destination) => {
    const copies = selectOfPath.all(ofPath, destination).map(copyOf)
    return (path) => {
      for (const copy of copies) save({ ...copy, path }, null)
    }
  }
}

/** Makes a finished transfer's copy known, inside a transaction of the caller's, from its receipt. */
export function prepareSaveReceiptedCopy(database: Database): (transferKey: number) => void {
  const save = prepareSaveCopy(database)
  const select = database.prepare(`
    SELECT path, destination, remote_folders AS remoteFolders, file_name AS fileName,
      account AS identity, file_token AS fileToken, document, version,
      content_hash AS contentHash, receipts.fingerprint, proof, id AS transferId,
      finished_at_ms AS landedAtMs, NULL AS missedAtMs, handling,
      landed_at_server_ms AS landedAtServerMs
    FROM transfers JOIN receipts ON transfer = key WHERE key = ?`)
  return (key) => {
    const row = select.get(key)
    if (row === undefined) return
    const { handling, landedAtServerMs, ...copy } = readRow(receiptedCopySchema, row, 'a receipt')
    // Asked for again, a file that could not become a document need not be tried again.
    const document = copy.document ?? documentTypeFor({ ...copy, handling }) ?? null
    save({ ...copy, document }, landedAtServerMs)
  }
}

function prepareSaveCopy(database: Database): SaveCopy {
  const outdate = database.prepare(`
    UPDATE copies SET is_current = 0
    WHERE path = ? AND destination = ? AND remote_folders = ? AND is_current = 1`)
  const upsert = database.prepare(`
    INSERT INTO copies (path, destination, remote_folders, file_name, identity, file_token, document,
      version, content_hash, fingerprint, proof, transfer, landed_at_ms, missed_at_ms, is_current,
      changed_at_server_ms)
    VALUES (:path, :destination, :remoteFolders, :fileName, :identity, :fileToken, :document,
      :version, :contentHash, :fingerprint, :proof, :transferId, :landedAtMs, :missedAtMs, 1,
      ifnull(:changedAtServerMs,
        (SELECT max(changed_at_server_ms) FROM copies WHERE file_token = :fileToken)))
    ON CONFLICT (path, destination, remote_folders, file_token) DO UPDATE SET
      file_name = :fileName, identity = :identity, document = :document, version = :version, content_hash = :contentHash,
      fingerprint = :fingerprint, proof = :proof, transfer = :transferId,
      landed_at_ms = :landedAtMs, missed_at_ms = :missedAtMs, is_current = 1,
      changed_at_server_ms = excluded.changed_at_server_ms`)

  return ({ destination, remoteFolders, contentHash, fingerprint, ...copy }, changedAtServerMs) => {
    const place = placeColumns(destination, remoteFolders)
    outdate.run(copy.path, place.destination, place.remoteFolders)
    upsert.run({
      ...copy,
      ...place,
      changedAtServerMs,
      contentHash: hashToBlob(contentHash),
      fingerprint: JSON.stringify(fingerprint),
    })
  }
}
