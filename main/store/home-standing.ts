import { randomUUID } from 'node:crypto'
import { realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ADOPTED_MEMO, type MemoStore } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { DATABASE_NAME } from './database.ts'
import { readHomeRecord, writeHomeRecord } from './home-record.ts'
import type { QuotaLedger } from './quota-store.ts'

const MEMO = 'home'

const identitySchema = z.object({
  id: z.uuid(),
  /** Computers it was made or adopted on, hashed. */
  machines: z.array(z.string()),
  /** The number of calls made from it. A value noted outside was committed here before. */
  generation: z.number(),
})

/** The surroundings of a home. */
export interface HomePlace {
  /** Undefined where nothing tells this computer from others. */
  readonly machine: string | undefined
  readonly stateFolder: string
}

interface HomeStores {
  readonly memos: MemoStore
  readonly quota: Pick<QuotaLedger, 'callsEver'>
}

export interface HomeFacts {
  readonly id: string
  readonly generation: number
  readonly machine: 'known' | 'unknown' | 'not-told'
}

/**
 * The check whether a home is the one that was last at work, where it was last at work. A copy, or
 * a restored one, does not know of uploads since: continuing would upload files a second time.
 */
export class HomeStanding {
  readonly #home: string
  readonly #place: HomePlace
  readonly #stores: HomeStores
  readonly #id: string
  #machines: readonly string[]
  #generation: number
  /** Counted when it was last noted. */
  #calls: number
  #problem: TransferError | undefined

  constructor(home: string, stores: HomeStores, place: HomePlace) {
    this.#home = realpathSync(home)
    this.#stores = stores
    this.#calls = stores.quota.callsEver()
    this.#place = place
    const known = identitySchema.safeParse(stores.memos.recall(MEMO)).data
    this.#id = known?.id ?? randomUUID()
    this.#machines = known?.machines ?? []
    this.#generation = known?.generation ?? 0
    if (known === undefined) this.#adoptMachine()
    this.#problem = known && this.#findProblem()
  }

  get facts(): HomeFacts {
    const { machine } = this.#place
    const isKnown = machine !== undefined && this.#machines.includes(machine)
    return {
      id: this.#id,
      generation: this.#generation,
      machine: machine === undefined ? 'not-told' : isKnown ? 'known' : 'unknown',
    }
  }

  /** The reason that nothing may be sent from it: `home-moved`, `home-restored`. */
  get problem(): TransferError | undefined {
    return this.#problem
  }

  /**
   * Accepts this home as the one to continue with, at the person's request. Files that may be
   * uploaded already are looked for first.
   */
  adopt(nowMs: number): void {
    this.#stores.memos.remember(ADOPTED_MEMO, nowMs)
    this.#problem = undefined
    // Beyond whatever the other one has come to.
    const record = readHomeRecord(this.#place.stateFolder, this.#id)
    this.#generation = Math.max(this.#generation, record?.generation ?? 0)
    this.#adoptMachine()
    this.#writeRecord()
  }

  /**
   * Notes outside how far it has come. A note that fails is made the next time.
   * @throws TransferError as the store does, such as `disk-full`
   */
  record(): void {
    if (this.#problem !== undefined) return
    const calls = this.#stores.quota.callsEver()
    if (calls === this.#calls) return
    const generation = this.#generation + calls - this.#calls
    this.#remember(generation)
    this.#generation = generation
    this.#calls = calls
    this.#writeRecord()
  }

  #writeRecord(): void {
    const record = { generation: this.#generation, path: this.#home }
    writeHomeRecord(this.#place.stateFolder, this.#id, record)
  }

  #findProblem(): TransferError | undefined {
    const { machine, stateFolder } = this.#place
    const record = readHomeRecord(stateFolder, this.#id)
    const detail = this.#home
    if (machine !== undefined && this.#machines.length > 0 && !this.#machines.includes(machine)) {
      return new TransferError('home-moved', { detail })
    }
    if (record === undefined) return undefined
    if (record.generation > this.#generation) return new TransferError('home-restored', { detail })
    // Moved as a whole it is still the only one.
    const isCopy = record.path !== this.#home && isOtherHome(record.path, this.#home)
    return isCopy
      ? new TransferError('home-moved', { detail: `${detail}, ${record.path}` })
      : undefined
  }

  #adoptMachine(): void {
    const { machine } = this.#place
    if (machine !== undefined && !this.#machines.includes(machine)) {
      this.#machines = [...this.#machines, machine]
    }
    this.#remember()
  }

  #remember(generation = this.#generation): void {
    const identity = { id: this.#id, machines: this.#machines, generation }
    this.#stores.memos.remember(MEMO, identity)
  }
}

function isOtherHome(path: string, home: string): boolean {
  const ask = { throwIfNoEntry: false, bigint: true } as const
  const there = statSync(join(path, DATABASE_NAME), ask)
  const here = statSync(join(home, DATABASE_NAME), ask)
  return there !== undefined && (there.ino !== here?.ino || there.dev !== here.dev)
}
