import { z } from 'zod'
import type { Copy } from '#shared/model/copy.ts'
import { bytesSchema, countSchema } from '#shared/model/numbers.ts'
import { checksumsFromBlob } from './blobs.ts'
import { COPY_COLUMNS, copyOf, copyRowSchema, namesBelow } from './copy-store.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'
import { mappingErrors } from './store-errors.ts'

/** A finished upload as it was noted, with its parts. */
export interface Receipt extends Copy {
  readonly blockSizeBytes: number
  /** Adler-32 of each part as Feishu accepted it, unsigned, in seq order. */
  readonly checksums: readonly number[]
  /** API calls that were made for it, repeated ones too, over all its runs. */
  readonly calls: number
}

/** The records of finished uploads, for a person to check or to pass on. */
export interface ReceiptStore {
  /** The copies in Feishu of a file, or of all files in a folder, by path. */
  copiesAt(path: string): Iterable<Copy>
  /** The receipt of a finished transfer. */
  ofTransfer(id: string): Receipt | undefined
  /** The receipts of a file, or of all files in a folder, in the order they were finished; of all files without a path. */
  all(path?: string): Iterable<Receipt>
}

const FINISHED = `
  SELECT path, destination, remote_folders AS remoteFolders, file_name AS fileName,
    account AS identity, file_token AS fileToken, document, version,
    content_hash AS contentHash, receipts.fingerprint, proof, id AS transferId,
    finished_at_ms AS landedAtMs, NULL AS missedAtMs, block_size_bytes AS blockSizeBytes, checksums,
    calls_made AS calls
  FROM transfers JOIN receipts ON transfer = key
  WHERE kind = 'done'`

const receiptRowSchema = copyRowSchema.extend({
  blockSizeBytes: bytesSchema,
  checksums: z.unknown().transform(checksumsFromBlob),
  calls: countSchema,
})

/** Creates the store of receipts. @param file the database's file, for errors */
export function createReceiptStore(database: Database, file: string): ReceiptStore {
  const selectOne = database.prepare(`${FINISHED} AND id = ?`)
  /** A statement of its own for each walk, because one walk would end another. */
  function* walk<T>(sql: string, path: string | undefined, read: (row: Row) => T): Generator<T> {
    const rows = mappingErrors(file, () => {
      const statement = database.prepare(sql)
      return path === undefined
        ? statement.iterate()
        : statement.iterate({ path, ...namesBelow(path) })
    })
    for (;;) {
      const next = mappingErrors(file, () => rows.next())
      if (next.done === true) return
      yield mappingErrors(file, () => read(next.value))
    }
  }
  return {
    copiesAt: createCopiesAt(database, file),
    ofTransfer: (id) =>
      mappingErrors(file, () => {
        const row = selectOne.get(id)
        return row && receiptOf(row)
      }),
    all: (path) =>
      walk(
        `${FINISHED} ${path === undefined ? '' : `AND ${AT_OR_BELOW}`} ORDER BY finished_at_ms, key`,
        path,
        receiptOf,
      ),
  }
}

/** Paths that are read at a time. */
const PAGE = 200

/**
 * Reads page by page: hours may pass between two copies that are verified, and an open statement would
 * keep the home's owner from copying its WAL back all the while.
 */
function createCopiesAt(database: Database, file: string): ReceiptStore['copiesAt'] {
  const selectOf = database.prepare(
    `SELECT ${COPY_COLUMNS} FROM copies WHERE path = ? AND is_current = 1`,
  )
  const selectPaths = database.prepare(`
    SELECT DISTINCT path FROM copies
    WHERE path > :after AND path < :beyond AND is_current = 1 ORDER BY path LIMIT ${PAGE}`)
  const copiesOf = (path: string) => mappingErrors(file, () => selectOf.all(path).map(copyOf))
  return function* (path) {
    yield* copiesOf(path)
    const { below, beyond } = namesBelow(path)
    for (let after = below; ; ) {
      const paths = mappingErrors(file, () => selectPaths.all({ after, beyond }))
      for (const row of paths) yield* copiesOf(String(row['path']))
      if (paths.length < PAGE) return
      after = String(paths.at(-1)?.['path'])
    }
  }
}

type Row = Record<string, unknown>

const AT_OR_BELOW = '(path = :path OR (path > :below AND path < :beyond))'

function receiptOf(row: Row): Receipt {
  return readRow(receiptRowSchema, row, 'a receipt')
}
