import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Makes a database of version 1 with something in every table. */
export function makeVersion1(file: string): void {
  const database = new DatabaseSync(file)
  database.exec(readFileSync(new URL('./version-1.sql', import.meta.url), 'utf8'))
  database.close()
}
