import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DATABASE_NAME } from './database.ts'
import { openStores, type Stores } from './open-stores.ts'
import { mappingErrors } from './store-errors.ts'

/**
 * Opens a copy of all that a home remembers, which is thrown away when it is closed: changes to it
 * affect no one. Also for a home that is in use, or that is still to be made.
 */
export function copyStores(home: string): Stores {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-dry-run-'))
  const discard = () => rmSync(folder, { recursive: true, force: true })
  try {
    copyDatabase(join(home, DATABASE_NAME), join(folder, DATABASE_NAME))
    const stores = openStores(folder)
    return {
      ...stores,
      close() {
        stores.close()
        discard()
      },
    }
  } catch (error) {
    discard()
    throw error
  }
}

/** Copies the database as of one moment, even while others write to it. */
function copyDatabase(file: string, copy: string): void {
  if (!existsSync(file)) return
  mappingErrors(file, () => {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      database.prepare('VACUUM INTO ?').run(copy)
    } finally {
      database.close()
    }
  })
}
