/** Which field of a table takes the file, and what goes into the others. */
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, FileColumns, Transfer } from '#shared/model/transfer.ts'
import type { BaseField, RecordFields } from './document-api.ts'

type BaseDestination = Extract<Destination, { kind: 'base' }>

/** 字段编辑指南 · type */
const FIELD_TYPE = { text: 1, number: 2, date: 5, attachment: 17 } as const

/** Which kinds of fields can hold what. */
const COLUMN_TYPES: Readonly<Record<keyof FileColumns, readonly number[]>> = {
  name: [FIELD_TYPE.text],
  path: [FIELD_TYPE.text],
  sizeBytes: [FIELD_TYPE.number, FIELD_TYPE.text],
  modifiedAt: [FIELD_TYPE.date, FIELD_TYPE.text],
}

/** Returns what a field can hold: the file itself, or properties of it. */
export function takenBy({ type }: BaseField): ('attachment' | keyof FileColumns)[] {
  if (type === FIELD_TYPE.attachment) return ['attachment']
  return COLUMNS.filter((column) => COLUMN_TYPES[column].includes(type))
}

/** The attachment fields of a table. */
export function attachmentFields(fields: readonly BaseField[]): BaseField[] {
  return fields.filter(({ type }) => type === FIELD_TYPE.attachment)
}

/**
 * The field that files go to: the one asked for, or the table's only attachment field.
 * @throws TransferError `base-field-missing`, `base-field-not-attachment`, `base-no-attachment-field`,
 *   `base-field-ambiguous` with the names to choose from
 */
export function attachmentField(
  fields: readonly BaseField[],
  asked: string | undefined,
): BaseField {
  if (asked !== undefined) {
    const field = fieldCalled(fields, asked)
    if (field.type === FIELD_TYPE.attachment) return field
    throw new TransferError('base-field-not-attachment', { detail: field.name })
  }
  const [field, ...others] = attachmentFields(fields)
  if (field === undefined) throw new TransferError('base-no-attachment-field')
  if (others.length === 0) return field
  const detail = [field, ...others].map(({ name }) => name).join(', ')
  throw new TransferError('base-field-ambiguous', { detail })
}

/** @throws TransferError when one of the fields to be filled is not there or can not hold what it should */
export function checkColumns(fields: readonly BaseField[], columns: FileColumns): void {
  for (const column of COLUMNS) {
    const asked = columns[column]
    if (asked === undefined) continue
    const field = fieldCalled(fields, asked)
    if (!COLUMN_TYPES[column].includes(field.type)) {
      throw new TransferError('base-column-type', { detail: field.name })
    }
  }
}

const COLUMNS = [
  'name',
  'path',
  'sizeBytes',
  'modifiedAt',
] as const satisfies readonly (keyof FileColumns)[]

/** Returns the file's properties by field name, each in the form its field takes. */
export function columnValues(
  fields: readonly BaseField[],
  { columns = {} }: BaseDestination,
  transfer: Transfer,
): RecordFields {
  checkColumns(fields, columns)
  const entries = COLUMNS.flatMap((column) => {
    const asked = columns[column]
    if (asked === undefined) return []
    const { name, type } = fieldCalled(fields, asked)
    return [[name, columnValue(column, type, transfer)] as const]
  })
  return Object.fromEntries(entries)
}

function columnValue(column: keyof FileColumns, type: number, transfer: Transfer): string | number {
  switch (column) {
    case 'name':
      return transfer.fileName
    case 'path':
      return [...transfer.remoteFolders, transfer.fileName].join('/')
    case 'sizeBytes':
      return type === FIELD_TYPE.number ? transfer.sizeBytes : String(transfer.sizeBytes)
    case 'modifiedAt': {
      const modifiedAtMs = Number(BigInt(transfer.fingerprint?.mtimeNs ?? '0') / 1_000_000n)
      return type === FIELD_TYPE.date ? modifiedAtMs : new Date(modifiedAtMs).toISOString()
    }
  }
}

/** By id, or else by name. */
function fieldCalled(fields: readonly BaseField[], asked: string): BaseField {
  const field =
    fields.find(({ fieldId }) => fieldId === asked) ?? fields.find(({ name }) => name === asked)
  if (field !== undefined) return field
  throw new TransferError('base-field-missing', { detail: asked })
}
