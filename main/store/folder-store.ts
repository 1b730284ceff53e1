import type { FolderStore } from '#main/engine/ports.ts'
import type { Database } from './late-statements.ts'

/** Remote folders that were found or made, per identity. */
export function createFolderStore(database: Database): FolderStore {
  const select = database.prepare(
    'SELECT token FROM folders WHERE identity = ? AND parent_token = ? AND name = ?',
  )
  const upsert = database.prepare('INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?, ?)')
  const selectMade = database.prepare(
    'SELECT max(made) AS made FROM folders WHERE identity = ? AND token = ?',
  )
  // UNION rather than UNION ALL: folders that claim to contain each other end the walk too.
  const forget = database.prepare(`
    WITH RECURSIVE gone (token) AS (
      VALUES (:token)
      UNION
      SELECT folders.token FROM gone CROSS JOIN folders
        ON folders.identity = :identity AND folders.parent_token = gone.token
    )
    DELETE FROM folders WHERE identity = :identity AND token IN (SELECT token FROM gone)`)

  return {
    folderToken(identity, parentToken, name) {
      const token = select.get(identity, parentToken, name)?.['token']
      return typeof token === 'string' ? token : undefined
    },
    saveFolder(identity, parentToken, name, token, isMade = false) {
      upsert.run(identity, parentToken, name, token, Number(isMade))
    },
    wasMade: (identity, token) => selectMade.get(identity, token)?.['made'] === 1,
    forgetFolder(identity, token) {
      forget.run({ identity, token })
    },
  }
}
