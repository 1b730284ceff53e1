import { join } from 'node:path'
import { z } from 'zod'
import type { EndedTransfer, EndedVersion } from '#main/watch/ports.ts'
import { hashFromBlob, hashToBlob } from './blobs.ts'
import { prepareShareCopies } from './copy-store.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'
import { STANDING_NUMBERS } from './standings.ts'

const rowSchema = z.object({
  key: z.number(),
  folder: z.string(),
  destination: z.string(),
  dir: z.string(),
  name: z.string(),
  stamp: z.string(),
  isCopy: z.number().transform(Boolean),
  hash: z.unknown().transform(hashFromBlob),
})

type Row = z.infer<typeof rowSchema>

export interface IndexEndings {
  done(transferId: string, version: EndedVersion): EndedTransfer[]
  failed(transferId: string): EndedTransfer[]
  withdrawn(transferId: string): EndedTransfer[]
}

/** Notes the end of a transfer with the files that wait for it, inside a transaction of the caller's. */
export function prepareEndings(database: Database): IndexEndings {
  const share = prepareShareCopies(database)
  const select = database.prepare(`
    SELECT d.key, s.folder, s.destination, d.path AS dir, f.name, f.stamp, f.hash,
      f.standing = ${STANDING_NUMBERS.copy} AS isCopy
    FROM watch_files f JOIN watch_dirs d ON d.key = f.dir JOIN watch_scopes s ON s.key = d.scope
    WHERE f.transfer = ? ORDER BY isCopy`)
  // Of another version than the one that was seen, the hash is not the one that is stored.
  const markUp = database.prepare(`
    UPDATE watch_files SET standing = ${STANDING_NUMBERS.up}, transfer = NULL,
      stamp = ifnull(:stamp, stamp),
      hash = ifnull(:hash, iif(ifnull(:stamp, stamp) = stamp, hash, NULL))
    WHERE dir = :key AND name = :name`)
  const markFailed = database.prepare(
    `UPDATE watch_files SET standing = ${STANDING_NUMBERS.failed} WHERE dir = ? AND name = ?`,
  )
  const release = database.prepare(
    'UPDATE watch_files SET transfer = NULL WHERE dir = ? AND name = ?',
  )
  const remove = database.prepare('DELETE FROM watch_files WHERE dir = ? AND name = ?')
  const rowsOf = (transferId: string) =>
    select.all(transferId).map((row) => readRow(rowSchema, row, `a file of ${transferId}`))
  const pathOf = ({ folder, dir, name }: Row) => join(folder, dir, name)
  const ended = ({ folder, dir }: Row, isOutdated: boolean) => ({ folder, dir, isOutdated })

  return {
    done(transferId, { stamp, hash }) {
      let sent: Row | undefined
      return rowsOf(transferId).map((row) => {
        const { key, name, destination } = row
        if (!row.isCopy) {
          sent = row
          markUp.run({ stamp, hash: hashToBlob(hash), key, name })
          return ended(row, stamp !== null && stamp !== row.stamp)
        }
        if (sent === undefined || hash === null || hash !== row.hash) {
          remove.run(key, name)
          return ended(row, true)
        }
        release.run(key, name)
        share(pathOf(sent), destination)(pathOf(row))
        return ended(row, false)
      })
    },
    failed: (transferId) =>
      rowsOf(transferId).map((row) => {
        if (row.isCopy) remove.run(row.key, row.name)
        else markFailed.run(row.key, row.name)
        return ended(row, row.isCopy)
      }),
    withdrawn: (transferId) =>
      rowsOf(transferId).map((row) => {
        remove.run(row.key, row.name)
        return ended(row, true)
      }),
  }
}
