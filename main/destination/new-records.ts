/**
 * New records, one for each file. A table takes one write at a time, so the file whose turn it is
 * takes along those that wait by then: many records in one call, which makes all of them or none.
 */
import { randomUUID } from 'node:crypto'
import {
  type Attached,
  type Attachments,
  type CallContext,
  OutcomeUnknown,
} from '#main/engine/ports.ts'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { AttachStep, Destination, RecordBatch, Transfer } from '#shared/model/transfer.ts'
import { attachmentField, columnValues } from './base-fields.ts'
import type { BaseField, RecordFields, Table } from './document-api.ts'
import type { DocumentCalls } from './document-calls.ts'
import { isAboutContent, makeRecords, type WriteTools } from './make-records.ts'
import { planWrite } from './plan-write.ts'
import type { RecordBatches } from './ports.ts'
import type { Rhythms } from './rhythms.ts'
import { keyOf, type TableFields } from './table-fields.ts'

type RecordPlace = Extract<AttachStep, { kind: 'new-record' }>

export interface NewRecordsOptions extends WriteTools {
  readonly calls: DocumentCalls
  readonly store: RecordBatches & Pick<Attachments, 'pendingAttach' | 'saveAttach'>
  readonly rhythms: Rhythms
  readonly fields: TableFields
}

/** A file that is up, and whose record is asked for. */
interface Wish {
  readonly transfer: Transfer
  readonly destination: Extract<Destination, { kind: 'base' }>
  readonly fileToken: string
  readonly context: CallContext
  /** It waits, another takes it along, it makes the write, or it is asked for no longer. */
  stage: 'waiting' | 'taken' | 'leading' | 'gone'
  /** It was refused in company. */
  isAlone: boolean
  /** The error of the write that took it along, if that write failed for all. */
  failure: Error | undefined
}

export class NewRecords {
  readonly #options: NewRecordsOptions
  readonly #turns = new KeyedLock()
  readonly #wishes = new Map<string, Set<Wish>>()

  constructor(options: NewRecordsOptions) {
    this.#options = options
  }

  /**
   * Makes the record of a file, alone or with others.
   * @throws OutcomeUnknown when it can not be told yet whether it is made
   */
  async make(
    asked: Pick<Wish, 'transfer' | 'destination' | 'fileToken' | 'context'>,
  ): Promise<Attached> {
    const wish: Wish = { ...asked, stage: 'waiting', isAlone: false, failure: undefined }
    const key = keyOf(wish.destination)
    const wishes = this.#wishes.get(key) ?? new Set()
    this.#wishes.set(key, wishes.add(wish))
    try {
      for (;;) {
        const place = this.#placeOf(wish)
        if (place === undefined) return {}
        if (place.made !== undefined) return place.made
        if (wish.failure !== undefined) throw wish.failure
        wish.stage = 'waiting'
        await this.#turn(key, wish)
      }
    } finally {
      wish.stage = 'gone'
      wishes.delete(wish)
      if (wishes.size === 0) this.#wishes.delete(key)
    }
  }

  /** Through once the wish was in a write, its own or another's; what came of it is on disk. */
  async #turn(key: string, wish: Wish): Promise<void> {
    const { stopping, aborted } = wish.context
    stopping.throwIfAborted()
    const left = Promise.withResolvers<never>()
    // A wish in another's write may still get its answer; its own write is ended by the call.
    const onStopping = () => wish.stage === 'waiting' && left.reject(stopping.reason)
    const onAborted = () => wish.stage === 'taken' && left.reject(aborted.reason)
    stopping.addEventListener('abort', onStopping)
    aborted.addEventListener('abort', onAborted)
    const turn = this.#turns.hold(key, async () => {
      if (wish.stage !== 'waiting') return
      wish.stage = 'leading'
      const { rhythms } = this.#options
      await rhythms.tables.hold(key, wish.context, () => this.#write(key, wish))
    })
    try {
      await Promise.race([turn, left.promise])
    } finally {
      stopping.removeEventListener('abort', onStopping)
      aborted.removeEventListener('abort', onAborted)
    }
  }

  async #write(key: string, leader: Wish): Promise<void> {
    const fields = await this.#options.fields.of(leader.destination, leader.context)
    // From here to the commit of a batch nothing is awaited: what waits is what is taken.
    const waiting = [...(this.#wishes.get(key) ?? [])].flatMap((wish) =>
      this.#candidate(leader, wish),
    )
    const first = waiting.find(({ wish }) => wish === leader)
    if (first === undefined) return
    const write = planWrite(first, waiting)
    switch (write.kind) {
      case 'alone':
        return this.#makeOne(leader, first.place, fields)
      case 'same-batch': {
        const { clientToken } = write
        const taken = waiting.filter(({ batch }) => batch === clientToken).map(({ wish }) => wish)
        const batch = this.#options.store.recordBatch(clientToken)
        // The batch is no longer known, so each record is looked for before it is made.
        if (batch === undefined) this.#options.store.dissolveBatch(clientToken, true)
        else await this.#makeAll(leader, taken, batch, true)
        return
      }
      case 'new-batch':
        return this.#makeTogether(
          leader,
          write.records.map(({ wish }) => wish),
          fields,
        )
    }
  }

  #candidate(leader: Wish, wish: Wish) {
    const place = this.#placeOf(wish)
    if (place === undefined || place.made !== undefined) return []
    const isFree = wish.stage === 'waiting' && !wish.context.stopping.aborted
    if (wish !== leader && !isFree) return []
    return [{ wish, place, batch: place.batch, isAlone: wish.isAlone || place.isSent }]
  }

  /**
   * Makes the records in one write. One that cannot be built, for lack of a field say, does not
   * hold back the others.
   */
  async #makeTogether(
    leader: Wish,
    wishes: readonly Wish[],
    fields: readonly BaseField[],
  ): Promise<void> {
    const taken: Wish[] = []
    const records = wishes.flatMap((wish) => {
      try {
        const { transfer, fileToken } = wish
        const record = { transferId: transfer.id, fileToken, fields: recordOf(wish, fields) }
        taken.push(wish)
        return [record]
      } catch (error) {
        if (!(error instanceof TransferError)) throw error
        wish.failure = error
        if (wish !== leader) wish.stage = 'taken'
        return []
      }
    })
    if (records.length === 0) return
    await this.#makeAll(leader, taken, { clientToken: randomUUID(), records }, false)
  }

  async #makeAll(
    leader: Wish,
    taken: readonly Wish[],
    batch: RecordBatch,
    wasSent: boolean,
  ): Promise<void> {
    const { store, calls, fields } = this.#options
    const { clientToken, records } = batch
    const others = taken.filter((wish) => wish !== leader)
    for (const wish of others) wish.stage = 'taken'
    const table = tableOf(leader)
    const body = { ...table, clientToken, records: records.map((each) => each.fields) }
    const write = {
      table,
      wasSent,
      fileTokens: records.map(({ fileToken }) => fileToken),
      announce: () => {
        if (store.recordBatch(clientToken) === undefined) store.openBatch(batch)
      },
      send: (context: CallContext) => calls.createRecords(body, context),
    }
    try {
      const result = await makeRecords(this.#options, write, leader.context)
      if (result.kind === 'made') {
        store.batchMade(clientToken, result.recordIds)
        return
      }
      const { error, mayBeThere } = result
      store.dissolveBatch(clientToken, mayBeThere)
      fields.areStale(table, error)
      if (!isAboutContent(error)) throw error
      for (const wish of taken) wish.isAlone = true
    } catch (error) {
      // An abort concerns only the leader: another of the wishes continues with the batch.
      const isForAll = error instanceof TransferError || error instanceof OutcomeUnknown
      for (const wish of others) if (isForAll) wish.failure = error
      throw error
    }
  }

  async #makeOne(wish: Wish, place: RecordPlace, fields: readonly BaseField[]): Promise<void> {
    const { store, calls } = this.#options
    const { transfer, fileToken, context } = wish
    const table = tableOf(wish)
    const { clientToken } = place
    const save = (now: Partial<RecordPlace>) =>
      store.saveAttach(transfer.id, { place: { ...place, ...now }, fileToken })
    const make = (known: readonly BaseField[], wasSent: boolean) => {
      const body = { ...table, clientToken, fields: recordOf(wish, known) }
      const write = {
        table,
        wasSent,
        fileTokens: [fileToken],
        announce: () => save({ isSent: true }),
        send: async (at: CallContext) => [{ ...(await calls.createRecord(body, at)), fields: {} }],
      }
      return makeRecords(this.#options, write, context)
    }
    let result = await make(fields, place.isSent)
    // Renamed since we looked: records are written by field name.
    if (result.kind === 'refused' && this.#options.fields.areStale(table, result.error)) {
      result = await make(await this.#options.fields.of(table, context), result.mayBeThere)
    }
    if (result.kind === 'refused') {
      save({ isSent: result.mayBeThere })
      throw result.error
    }
    const [recordId] = result.recordIds
    save({ isSent: true, made: recordId === undefined ? {} : { recordId } })
  }

  #placeOf({ transfer }: Wish): RecordPlace | undefined {
    const place = this.#options.store.pendingAttach(transfer.id)?.place
    return place?.kind === 'new-record' ? place : undefined
  }
}

/** Returns the content of a record: the file, and its properties in other fields. */
function recordOf(
  { transfer, destination, fileToken }: Wish,
  fields: readonly BaseField[],
): RecordFields {
  const { name } = attachmentField(fields, destination.field)
  return { ...columnValues(fields, destination, transfer), [name]: [{ file_token: fileToken }] }
}

function tableOf({ destination: { appToken, tableId } }: Wish): Table {
  return { appToken, tableId }
}
