import type { DatabaseSync } from 'node:sqlite'

/** One numbered change of the database. Once released it is never edited: a further one follows. */
export interface Migration {
  readonly name: string
  /** SQL text, or a function where SQL alone does not do. Run in order, in one transaction. */
  readonly steps: readonly (string | ((database: DatabaseSync) => void))[]
}
