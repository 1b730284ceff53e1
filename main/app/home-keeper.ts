import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from '#main/engine/engine.ts'
import { DATABASE_NAME } from '#main/store/database.ts'
import type { HomeStanding } from '#main/store/home-standing.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const LOOK_EVERY_MS = 1_000

/** The work that has to stop when the home is gone. */
type Worker = Pick<Engine, 'fail' | 'events'>

/** Looks after an open home: notes how far it has come, and notices when it is taken away. */
export class HomeKeeper {
  readonly #home: string
  readonly #standing: HomeStanding
  readonly #database: bigint | undefined
  readonly #workers = new Set<Worker>()
  readonly #timer: NodeJS.Timeout
  #problem: TransferError | undefined

  constructor(home: string, standing: HomeStanding) {
    this.#home = home
    this.#standing = standing
    this.#database = this.#databaseNow()
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
  }

  /** @throws TransferError when nothing may be sent from this home */
  demandFit(): void {
    const problem = this.#problem ?? this.#standing.problem
    if (problem !== undefined) throw problem
  }

  /** Is told when the home is gone, as long as it works. */
  keep(worker: Worker): void {
    this.#workers.add(worker)
    worker.events.once('end', () => this.#workers.delete(worker))
  }

  close(): void {
    clearInterval(this.#timer)
    this.#look()
  }

  #look(): void {
    if (this.#problem !== undefined) return
    if (this.#databaseNow() === this.#database) {
      this.#note()
      return
    }
    // From here on, writes go to a file that no one will find again.
    this.#problem = new TransferError('home-gone', { detail: this.#home })
    for (const worker of this.#workers) worker.fail(this.#problem)
  }

  #note(): void {
    try {
      this.#standing.record()
    } catch {
      // It is tried again. A full or failing disk is reported by those who depend on it.
    }
  }

  #databaseNow(): bigint | undefined {
    try {
      return statSync(join(this.#home, DATABASE_NAME), { bigint: true }).ino
    } catch {
      return undefined
    }
  }
}
