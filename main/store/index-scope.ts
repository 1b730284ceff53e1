import { z } from 'zod'
import type { IndexedFile, IndexedPlace, IndexScope, Standing } from '#main/watch/ports.ts'
import { bytesSchema } from '#shared/model/numbers.ts'
import type { PlaceRow } from '#shared/transfer/remote-layout.ts'
import { hashToBlob } from './blobs.ts'
import { prepareIndexChanges, type ScopeKey } from './index-changes.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { standingOf } from './standings.ts'

const FILE_COLUMNS = `name, stamp, size_bytes AS sizeBytes, standing, place, transfer AS transferId,
  gone_at_ms IS NOT NULL AS gone`

const fileSchema = z.object({
  name: z.string(),
  stamp: z.string(),
  sizeBytes: bytesSchema,
  standing: z.number().transform((number, context): Standing => {
    const standing = standingOf(number)
    if (standing !== undefined) return standing
    context.addIssue({ code: 'custom', message: 'not a standing' })
    return z.NEVER
  }),
  place: z.number().nullable(),
  transferId: z.string().nullable(),
  gone: z.number().transform(Boolean),
}) satisfies z.ZodType<IndexedFile>

const hashSchema = z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('hex'))

const placeSchema = z.object({
  folder: jsonText(z.array(z.string())),
  number: z.number(),
  remote: jsonText(z.array(z.string())),
  children: z.number(),
}) satisfies z.ZodType<PlaceRow>

/** The files of one folder and destination, read a folder at a time. */
export function createIndexScope(database: Database, scope: ScopeKey): IndexScope {
  const changes = prepareIndexChanges(database, scope)
  const selectBegun = database.prepare('SELECT begun_for FROM watch_scopes WHERE key = ?')
  const updateBegun = database.prepare('UPDATE watch_scopes SET begun_for = ? WHERE key = ?')
  const selectMount = database.prepare('SELECT was_mount FROM watch_scopes WHERE key = ?')
  const updateMount = database.prepare('UPDATE watch_scopes SET was_mount = ? WHERE key = ?')
  const selectAny = database.prepare('SELECT 1 FROM watch_dirs WHERE scope = ? LIMIT 1')
  const selectPlaces = database.prepare(
    'SELECT folder, number, remote, children FROM watch_places WHERE scope = ? ORDER BY folder, number',
  )
  let begunFor: string | null | undefined

  return {
    ...createLookUps(database, scope),
    ...createPages(database, scope),
    begunFor() {
      begunFor ??= z
        .string()
        .nullable()
        .parse(selectBegun.get(scope.read())?.['begun_for'] ?? null)
      return begunFor
    },
    saveBegun(ruleId) {
      updateBegun.run(ruleId, scope.write())
      begunFor = ruleId
    },
    wasMount: () => selectMount.get(scope.read())?.['was_mount'] === 1,
    saveMount(isMount) {
      updateMount.run(Number(isMount), scope.write())
    },
    isEmpty: () => selectAny.get(scope.read()) === undefined,
    places: () =>
      selectPlaces.all(scope.read()).map((row) => readRow(placeSchema, row, 'a remote folder')),
    apply: changes.apply,
    prune: changes.prune,
  }
}

function createLookUps(database: Database, scope: ScopeKey) {
  const selectDir = database.prepare('SELECT key FROM watch_dirs WHERE scope = ? AND path = ?')
  const selectFiles = database.prepare(`SELECT ${FILE_COLUMNS} FROM watch_files WHERE dir = ?`)
  const selectFolders = database.prepare(
    'SELECT path FROM watch_dirs WHERE scope = ? AND parent = ? AND gone = 0',
  )
  const selectFile = database.prepare(
    `SELECT ${FILE_COLUMNS} FROM watch_files WHERE dir = ? AND name = ?`,
  )
  const selectHash = database.prepare('SELECT hash FROM watch_files WHERE dir = ? AND name = ?')
  const keyOf = (dir: string) => selectDir.get(scope.read(), dir)?.['key'] as number | undefined

  return {
    directory(dir) {
      const key = keyOf(dir)
      const files = new Map<string, IndexedFile>()
      if (key === undefined) return { files, folders: [] }
      for (const row of selectFiles.iterate(key)) {
        const file = readRow(fileSchema, row, `the entry of a file in ${dir}`)
        files.set(file.name, file)
      }
      const folders = selectFolders.all(scope.read(), dir).map((row) => {
        const path = String(row['path'])
        return path.slice(path.lastIndexOf('/') + 1)
      })
      return { files, folders }
    },
    file(dir, name) {
      const key = keyOf(dir)
      const row = key === undefined ? undefined : selectFile.get(key, name)
      return row && readRow(fileSchema, row, `the entry of ${dir}/${name}`)
    },
    hash(dir, name) {
      const key = keyOf(dir)
      const hash = key === undefined ? undefined : selectHash.get(key, name)?.['hash']
      return hash ? readRow(hashSchema, hash, `the hash of ${dir}/${name}`) : null
    },
  } satisfies Partial<IndexScope>
}

const folderSchema = z.object({ folder: z.string() })

function createPages(database: Database, scope: ScopeKey) {
  const select = (where: string, more = '') =>
    database.prepare(`
      SELECT path AS folder, hash, ${FILE_COLUMNS} FROM watch_files CROSS JOIN watch_dirs ON key = dir
      WHERE scope = ? AND ${where} ${more}`)
  // '/' is the character after '.', which stands between inode, size, mtime and ctime.
  const withFile = select("(stamp = ? OR stamp > ? || '.' AND stamp < ? || '/')")
  const goneOfSize = select(
    'size_bytes = ? AND gone_at_ms IS NOT NULL AND hash IS NOT NULL',
    'LIMIT 1',
  )
  const goneWithContent = select('hash = ? AND gone_at_ms IS NOT NULL')
  const withContent = select('hash = ? AND standing IN (1, 2)', 'ORDER BY standing DESC LIMIT 1')
  // In the order of the keys, not of the names: so a page is a step on an index, whatever its size.
  const page = 'AND (dir, name) > (?, ?) ORDER BY dir, name LIMIT ?'
  const selectKey = database.prepare('SELECT key FROM watch_dirs WHERE scope = ? AND path = ?')
  const unhashed = select('hash IS NULL AND standing = 2 AND gone_at_ms IS NULL', page)
  const queued = select('transfer IS NOT NULL', page)
  const nextPage = (
    statement: typeof unhashed,
    after: { dir: string; name: string } | undefined,
    limit: number,
  ) => {
    const key = after === undefined ? 0 : selectKey.get(scope.read(), after.dir)?.['key']
    return statement.all(scope.read(), Number(key ?? 0), after?.name ?? '', limit).map(placeFrom)
  }
  const placeFrom = (row: Record<string, unknown>): IndexedPlace => ({
    dir: readRow(folderSchema, row, 'the folder of an entry').folder,
    file: readRow(fileSchema, row, 'an entry of the file index'),
  })

  return {
    withFile: (stamp) => withFile.all(scope.read(), stamp, stamp, stamp).map(placeFrom),
    hasGoneOfSize: (sizeBytes) => goneOfSize.get(scope.read(), sizeBytes) !== undefined,
    goneWithContent: (hash) => goneWithContent.all(scope.read(), hashToBlob(hash)).map(placeFrom),
    withContent: (hash) => withContent.all(scope.read(), hashToBlob(hash)).map(placeFrom).at(0),
    unhashed: (after, limit) => nextPage(unhashed, after, limit),
    queued: (after, limit) => nextPage(queued, after, limit),
  } satisfies Partial<IndexScope>
}
