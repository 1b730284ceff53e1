/** Files in records of a Base: a new record for each, or one more attachment of a given record. */
import {
  type Attached,
  type CallContext,
  type Clock,
  OutcomeUnknown,
  type TransferStore,
} from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { AttachPlace, Destination, Transfer } from '#shared/model/transfer.ts'
import { attachmentField, checkColumns, columnValues } from './base-fields.ts'
import type { BaseField, RecordFields, Table } from './document-api.ts'
import { allItems, type DocumentCalls, everyItem } from './document-calls.ts'
import type { Rhythms } from './rhythms.ts'

type BaseDestination = Extract<Destination, { kind: 'base' }>

export interface DocumentOptions {
  readonly calls: DocumentCalls
  readonly store: Pick<TransferStore, 'pendingAttach' | 'saveAttach' | 'dropAttach'>
  readonly clock: Clock
  readonly rhythms: Rhythms
}

/** Writes with an unknown outcome before the file has to wait. */
const MOST_TRIES = 3
const TRY_PAUSE_MS = 1_000
/** Time for somebody who read a record when we did to write it: they would take our file away. */
const LOOK_AGAIN_MS = 700
/** Times that others may take it away before the file has to wait. */
const MOST_LOOKS = 8
/** 1254291: something else writes to the table. */
const WRITE_CONFLICT = 1254291
/** 1254608: the same write was sent before, which does not say that it was carried out. */
const SENT_BEFORE = 1254608
/** 1254045: there is no field of that name (any more). */
const FIELD_GONE = 1254045

export class BaseRecords {
  readonly #options: DocumentOptions
  readonly #fields = new Map<string, Promise<readonly BaseField[]>>()

  constructor(options: DocumentOptions) {
    this.#options = options
  }

  /** @throws TransferError when the table has no such fields */
  async check(destination: BaseDestination, context: CallContext): Promise<void> {
    const fields = await this.#fieldsOf(destination, context)
    attachmentField(fields, destination.field)
    checkColumns(fields, destination.columns ?? {})
  }

  async attach(
    transfer: Transfer,
    destination: BaseDestination,
    place: AttachPlace,
    fileToken: string,
    context: CallContext,
  ): Promise<Attached> {
    const write = async () => {
      const fields = await this.#fieldsOf(destination, context)
      const { name } = attachmentField(fields, destination.field)
      const values = columnValues(fields, destination, transfer)
      const file = { name, fileToken, values }
      const { recordId } = destination
      if (recordId === undefined) return this.#create(transfer, place, file, context)
      await this.#add(destination, recordId, file, context)
      return { recordId }
    }
    return this.#options.rhythms.tables.hold(keyOf(destination), context, async () => {
      try {
        return await write()
      } catch (error) {
        if (!(error instanceof TransferError) || error.code !== FIELD_GONE) throw error
        // Renamed since we looked: records are written by field name.
        this.#fields.delete(keyOf(destination))
        return write()
      }
    })
  }

  async #create(
    transfer: Transfer,
    place: AttachPlace,
    { name, fileToken, values }: FileInRecord,
    context: CallContext,
  ): Promise<Attached> {
    const { calls, store, clock } = this.#options
    const { destination } = transfer
    if (place.kind !== 'new-record' || destination.kind !== 'base') return {}
    const { appToken, tableId } = destination
    const { clientToken } = place
    // Sent by an earlier run, how long ago nobody knows: Feishu may not remember the token any more.
    let mayBeThere = place.isSent
    for (let tries = 1; ; tries++) {
      if (mayBeThere) {
        const recordId = await this.#recordOf({ appToken, tableId }, name, fileToken, context)
        if (recordId !== undefined) return { recordId }
      }
      store.saveAttach(transfer.id, { place: { ...place, isSent: true }, fileToken })
      try {
        const fields = { ...values, [name]: [{ file_token: fileToken }] }
        return await calls.createRecord({ appToken, tableId, clientToken, fields }, context)
      } catch (error) {
        if (!(error instanceof OutcomeUnknown) || tries === MOST_TRIES) throw error
        mayBeThere = error.error.code === SENT_BEFORE
        await clock.sleep(TRY_PAUSE_MS * tries, context.stopping)
      }
    }
  }

  /** The record of the table that has this file, if there is one. */
  async #recordOf(
    table: Table,
    name: string,
    fileToken: string,
    context: CallContext,
  ): Promise<string | undefined> {
    const { calls } = this.#options
    const records = everyItem((page) => calls.records({ ...table, ...page }, context))
    for await (const { recordId, fields } of records) {
      if (tokensIn(fields, name).includes(fileToken)) return recordId
    }
    return undefined
  }

  async #add(
    { appToken, tableId }: BaseDestination,
    recordId: string,
    { name, fileToken, values }: FileInRecord,
    context: CallContext,
  ): Promise<void> {
    const { calls, clock } = this.#options
    const withFile = (fields: RecordFields) => {
      const there = tokensIn(fields, name)
      if (there.includes(fileToken)) return undefined
      // Writing replaces the whole list.
      return { ...values, [name]: [...there, fileToken].map((token) => ({ file_token: token })) }
    }
    for (let looks = 1; looks <= MOST_LOOKS; looks++) {
      const at = { appToken, tableId, recordId }
      if (!(await calls.changeRecord(at, withFile, context))) return
      // Somebody else may have read the list before we wrote, and write after us: so look again.
      const pauseMs = LOOK_AGAIN_MS * (1 + Math.random())
      await clock.sleep(pauseMs, context.stopping)
    }
    throw new TransferError(WRITE_CONFLICT)
  }

  #fieldsOf(destination: BaseDestination, context: CallContext): Promise<readonly BaseField[]> {
    const key = keyOf(destination)
    const known = this.#fields.get(key)
    if (known !== undefined) return known
    const { appToken, tableId } = destination
    const { calls } = this.#options
    const fields = allItems((page) => calls.fields({ appToken, tableId, ...page }, context))
    this.#fields.set(key, fields)
    fields.catch(() => this.#fields.delete(key))
    return fields
  }
}

interface FileInRecord {
  /** Of the attachment field. */
  readonly name: string
  readonly fileToken: string
  /** What is told about the file in other fields. */
  readonly values: RecordFields
}

function keyOf({ appToken, tableId }: Table): string {
  return `${appToken}/${tableId}`
}

function tokensIn(fields: RecordFields, name: string): string[] {
  const value = fields[name]
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    const token = (item as { file_token?: unknown } | null)?.file_token
    return typeof token === 'string' ? [token] : []
  })
}
