/** Files in records of a Base: a new record for each, or one more attachment of a given record. */
import {
  type Attached,
  type Attachments,
  type CallContext,
  OutcomeUnknown,
} from '#main/engine/ports.ts'
import { CATALOGUE } from '#shared/errors/catalogue.ts'
import { codeFor } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'
import { attachmentField, checkColumns, columnValues } from './base-fields.ts'
import type { RecordFields, Table } from './document-api.ts'
import { REPLICA_LAG_MS, tokensIn } from './make-records.ts'
import { NewRecords, type NewRecordsOptions } from './new-records.ts'
import { keyOf, TableFields } from './table-fields.ts'

type BaseDestination = Extract<Destination, { kind: 'base' }>

export interface DocumentOptions extends Omit<NewRecordsOptions, 'fields'> {
  readonly store: NewRecordsOptions['store'] & Pick<Attachments, 'dropAttach'>
}

/** Time given to another writer that read a record when we did: its write would remove our file. */
const LOOK_AGAIN_MS = 700
/** Times that others may take it away before the file has to wait. */
const MOST_LOOKS = 8

export class BaseRecords {
  readonly #options: DocumentOptions
  readonly #fields: TableFields
  readonly #newRecords: NewRecords

  constructor(options: DocumentOptions) {
    this.#options = options
    this.#fields = new TableFields(options.calls)
    this.#newRecords = new NewRecords({ ...options, fields: this.#fields })
  }

  /** @throws TransferError when the table has no such fields */
  async check(destination: BaseDestination, context: CallContext): Promise<void> {
    const fields = await this.#fields.of(destination, context)
    attachmentField(fields, destination.field)
    checkColumns(fields, destination.columns ?? {})
  }

  async attach(
    transfer: Transfer,
    destination: BaseDestination,
    fileToken: string,
    context: CallContext,
  ): Promise<Attached> {
    const { recordId } = destination
    if (recordId === undefined) {
      return this.#newRecords.make({ transfer, destination, fileToken, context })
    }
    const write = async () => {
      const fields = await this.#fields.of(destination, context)
      const { name, fieldId } = attachmentField(fields, destination.field)
      const values = columnValues(fields, destination, transfer)
      await this.#add(destination, recordId, { name, fieldId, fileToken, values }, context)
      return { recordId }
    }
    return this.#options.rhythms.tables.hold(keyOf(destination), context, async () => {
      try {
        return await write()
      } catch (error) {
        // Renamed since we looked: records are written by field name.
        if (!this.#fields.areStale(destination, error)) throw error
        return write()
      }
    })
  }

  async #add(
    { appToken, tableId }: BaseDestination,
    recordId: string,
    file: FileInRecord,
    context: CallContext,
  ): Promise<void> {
    const { calls, clock } = this.#options
    const { name, fileToken, values } = file
    const at = { appToken, tableId, recordId }
    const withFile = (fields: RecordFields) => {
      const there = tokensIn(fields, name)
      if (there.includes(fileToken)) return undefined
      // Writing replaces the whole list.
      return { ...values, [name]: [...there, fileToken].map((token) => ({ file_token: token })) }
    }
    for (let looks = 1; looks <= MOST_LOOKS; looks++) {
      const isAppended = looks === 1 && (await this.#append(at, file, context))
      if (!isAppended && !(await calls.changeRecord(at, withFile, context))) return
      // Another writer may have read the list before our write and may write after it: check again.
      const pauseMs = LOOK_AGAIN_MS * (1 + Math.random())
      await clock.sleep(pauseMs, context.stopping)
    }
    throw new TransferError(codeFor('write-conflict'))
  }

  /**
   * Adds the file without touching what others have put there.
   * @returns whether it was added; if not, the whole list has to be written, and is looked at for that
   */
  async #append(
    at: Table & { recordId: string },
    { name, fieldId, fileToken, values }: FileInRecord,
    context: CallContext,
  ): Promise<boolean> {
    const { calls, clock } = this.#options
    // An earlier run may have added it.
    const { fields } = await calls.record(at, context)
    if (tokensIn(fields, name).includes(fileToken)) return false
    try {
      return await calls.appendToRecord({ ...at, fieldId, fileToken }, values, context)
    } catch (error) {
      if (error instanceof OutcomeUnknown) {
        // Made once more it might be there twice. It may be on its way still.
        await clock.sleep(REPLICA_LAG_MS, context.stopping)
        return false
      }
      // An unknown refusal may be about the call, which is on no page of the documentation.
      if (error instanceof TransferError && !CATALOGUE.has(error.code)) return false
      throw error
    }
  }
}

interface FileInRecord {
  /** Of the attachment field. */
  readonly name: string
  readonly fieldId: string
  readonly fileToken: string
  /** The file's properties in other fields. */
  readonly values: RecordFields
}
