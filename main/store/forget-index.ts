import { relative, sep } from 'node:path'
import { z } from 'zod'
import type { Destination } from '#shared/model/transfer.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'
import { STANDING_NUMBERS } from './standings.ts'
import { placeColumns } from './transfer-row.ts'

const scopeSchema = z.object({ key: z.number(), folder: z.string(), destination: z.string() })

/**
 * Standings that count as uploaded, directly or through another file; queued or failed ones do not.
 */
const COUNTS_AS_UP = [STANDING_NUMBERS.up, STANDING_NUMBERS.copy].join(', ')

/**
 * Makes watching forget that a file, or what lies in a folder, is up: the next look finds it new.
 * Returns how many files that concerned.
 */
export function prepareForgetIndexed(
  database: Database,
): (path: string, destination?: Destination) => number {
  const selectScopes = database.prepare('SELECT key, folder, destination FROM watch_scopes')
  const removeBelow = database.prepare(`
    DELETE FROM watch_files WHERE standing IN (${COUNTS_AS_UP}) AND dir IN (
      SELECT key FROM watch_dirs
      WHERE scope = :scope AND (:dir = '' OR path = :dir OR (path > :dir || '/' AND path < :dir || '0')))`)
  const removeFile = database.prepare(`
    DELETE FROM watch_files WHERE standing IN (${COUNTS_AS_UP}) AND name = :name AND dir IN (
      SELECT key FROM watch_dirs WHERE scope = :scope AND path = :dir)`)

  return (path, destination) => {
    const place = destination && placeColumns(destination, []).destination
    let forgotten = 0
    for (const row of selectScopes.all()) {
      const { key: scope, ...known } = readRow(scopeSchema, row, 'a watched folder')
      if (place !== undefined && known.destination !== place) continue
      if (isIn(known.folder, path)) {
        forgotten += Number(removeBelow.run({ scope, dir: '' }).changes)
      } else if (isIn(path, known.folder)) {
        const names = relative(known.folder, path).split(sep)
        const dir = names.join('/')
        const name = names.pop() ?? ''
        forgotten += Number(removeBelow.run({ scope, dir }).changes)
        forgotten += Number(removeFile.run({ scope, dir: names.join('/'), name }).changes)
      }
    }
    return forgotten
  }
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
