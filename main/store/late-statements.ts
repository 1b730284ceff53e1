import type { DatabaseSync, StatementSync } from 'node:sqlite'

export type Statement = Pick<StatementSync, 'all' | 'get' | 'iterate' | 'run'>

/** A database as the stores use it. */
export interface Database extends Pick<DatabaseSync, 'exec' | 'isTransaction'> {
  prepare(sql: string): Statement
}

/**
 * The same database, which prepares a statement when it is run for the first time. The stores know some
 * 150 of them, and most processes run a few: preparing all takes as long as opening the file.
 */
export function preparingLate(database: DatabaseSync): Database {
  return {
    exec: (sql) => database.exec(sql),
    get isTransaction() {
      return database.isTransaction
    },
    prepare: (sql) => new LateStatement(database, sql),
  }
}

class LateStatement implements Statement {
  readonly #database: DatabaseSync
  readonly #sql: string
  #prepared: StatementSync | undefined

  constructor(database: DatabaseSync, sql: string) {
    this.#database = database
    this.#sql = sql
  }

  all(...values: unknown[]) {
    return Reflect.apply(this.#ready.all, this.#ready, values)
  }

  get(...values: unknown[]) {
    return Reflect.apply(this.#ready.get, this.#ready, values)
  }

  iterate(...values: unknown[]) {
    return Reflect.apply(this.#ready.iterate, this.#ready, values)
  }

  run(...values: unknown[]) {
    return Reflect.apply(this.#ready.run, this.#ready, values)
  }

  get #ready(): StatementSync {
    this.#prepared ??= this.#database.prepare(this.#sql)
    return this.#prepared
  }
}
