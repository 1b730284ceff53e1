import { join } from 'node:path'
import type { IndexChange, IndexScope } from '#main/watch/ports.ts'
import { prepareShareCopies } from './copy-store.ts'
import { inTransaction } from './in-transaction.ts'
import { prepareEndings } from './index-endings.ts'
import type { Database } from './late-statements.ts'
import { STANDING_NUMBERS } from './standings.ts'

/** Keys of folders that are kept in memory. */
const MOST_KEYS = 20_000

/** The key of a scope, which gets its row when something is written for the first time. */
export interface ScopeKey {
  /** The scope's folder, and its destination as it is stored. */
  readonly folder: string
  readonly destination: string
  read(): number
  write(): number
  /** The row may not be there after all. */
  forget(): void
}

/** Prepares all changes to the index of one scope. */
export function prepareIndexChanges(
  database: Database,
  scope: ScopeKey,
): Pick<IndexScope, 'apply' | 'prune'> {
  const folders = prepareFolders(database, scope)
  const share = prepareShareCopies(database)
  const endings = prepareEndings(database)
  const upsert = database.prepare(`
    INSERT INTO watch_files (dir, name, stamp, size_bytes, standing, place, hash, transfer, gone_at_ms)
    VALUES (:dir, :name, :stamp, :sizeBytes, :standing, :place, :hash, :transferId, NULL)
    ON CONFLICT (dir, name) DO UPDATE SET stamp = :stamp, size_bytes = :sizeBytes,
      standing = :standing, place = :place, hash = :hash, transfer = :transferId, gone_at_ms = NULL`)
  const restamp = database.prepare(`
    UPDATE watch_files SET stamp = ?, gone_at_ms = NULL
    WHERE dir = ? AND name = ? AND stamp = ?`)
  const setHash = database.prepare(
    'UPDATE watch_files SET hash = ? WHERE dir = ? AND name = ? AND stamp = ?',
  )
  const remove = database.prepare(
    'DELETE FROM watch_files WHERE dir = ? AND name = ? AND stamp = ?',
  )
  const setGone = database.prepare(
    'UPDATE watch_files SET gone_at_ms = ? WHERE dir = ? AND name = ? AND gone_at_ms IS NULL',
  )
  const savePlace = database.prepare('INSERT OR REPLACE INTO watch_places VALUES (?, ?, ?, ?, ?)')
  const pruneFiles = database.prepare(`
    DELETE FROM watch_files INDEXED BY watch_files_gone
    WHERE gone_at_ms < ? AND +dir IN (SELECT key FROM watch_dirs WHERE scope = ?)`)
  const pruneFolders = database.prepare(`
    DELETE FROM watch_dirs WHERE scope = ? AND gone = 1
      AND NOT EXISTS (SELECT 1 FROM watch_files WHERE dir = key)`)

  const pathOf = ({ dir, name }: { dir: string; name: string }) => join(scope.folder, dir, name)
  /** Shared copies are read before the first change: their path may get another file with the changes. */
  const prepared = (change: IndexChange): (() => void) => {
    if (change.kind !== 'share') return () => applyOne(change)
    const give = share(pathOf(change.of), scope.destination)
    return () => give(pathOf(change))
  }

  const applyOne = (change: Exclude<IndexChange, { kind: 'share' }>): void => {
    switch (change.kind) {
      case 'save': {
        const { gone: _, standing, ...file } = change.file
        upsert.run({
          ...file,
          dir: folders.keyOf(change.dir),
          standing: STANDING_NUMBERS[standing],
          hash: change.hash === null ? null : Buffer.from(change.hash, 'hex'),
        })
        return
      }
      case 'restamp':
        restamp.run(change.stamp, folders.keyOf(change.dir), change.name, change.was)
        return
      case 'hash': {
        const hash = Buffer.from(change.hash, 'hex')
        setHash.run(hash, folders.keyOf(change.dir), change.name, change.stamp)
        return
      }
      case 'remove':
        remove.run(folders.keyOf(change.dir), change.name, change.was)
        return
      case 'gone':
        setGone.run(change.atMs, folders.keyOf(change.dir), change.name)
        return
      case 'done':
        endings.done(change.transferId, change)
        return
      case 'failed':
        endings.failed(change.transferId)
        return
      case 'folder-gone':
        folders.setGone(change.dir, change.atMs)
        return
      case 'place': {
        const { folder, number, remote, children } = change.row
        savePlace.run(
          scope.write(),
          JSON.stringify(folder),
          number,
          JSON.stringify(remote),
          children,
        )
        return
      }
    }
  }

  return {
    apply(changes) {
      if (changes.length === 0) return
      try {
        inTransaction(database, () => {
          for (const apply of changes.map(prepared)) apply()
        })
      } catch (error) {
        // Rows that were made on the way are gone again, and their keys with them.
        folders.forgetKeys()
        scope.forget()
        throw error
      }
    },
    prune(beforeMs) {
      inTransaction(database, () => {
        if (Number(pruneFiles.run(beforeMs, scope.read()).changes) > 0) {
          pruneFolders.run(scope.read())
          folders.forgetKeys()
        }
      })
    },
  }
}

function prepareFolders(database: Database, scope: ScopeKey) {
  const insert = database.prepare(`
    INSERT INTO watch_dirs (scope, path, parent) VALUES (?, ?, ?)
    ON CONFLICT (scope, path) DO UPDATE SET gone = 0 RETURNING key`)
  // '0' is the character after '/'. Names like "folder-2" lie between the folder and it.
  const tree = `scope = :scope AND path >= :path AND path < :path || '0'
    AND (path = :path OR path > :path || '/')`
  const setFolders = database.prepare(`UPDATE watch_dirs SET gone = 1 WHERE ${tree}`)
  const setFiles = database.prepare(`
    UPDATE watch_files SET gone_at_ms = :atMs
    WHERE gone_at_ms IS NULL AND dir IN (SELECT key FROM watch_dirs WHERE ${tree})`)
  const keys = new Map<string, number>()

  /** The key of a folder; it and those it lies in are noted as being there. */
  const keyOf = (path: string): number => {
    const known = keys.get(path)
    if (known !== undefined) return known
    const parent = path === '' ? null : path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    if (parent !== null) keyOf(parent)
    const key = Number(insert.get(scope.write(), path, parent)?.['key'])
    if (keys.size >= MOST_KEYS) keys.clear()
    keys.set(path, key)
    return key
  }

  return {
    keyOf,
    forgetKeys: () => keys.clear(),
    setGone(path: string, atMs: number) {
      setFolders.run({ scope: scope.read(), path })
      setFiles.run({ scope: scope.read(), path, atMs })
      keys.clear()
    },
  }
}
