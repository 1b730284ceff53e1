import { z } from 'zod'
import {
  type Destination,
  destinationSchema,
  fingerprintSchema,
  handlingSchema,
  type Transfer,
  type TransferState,
  type TransferStateKind,
  transferSchema,
} from '#shared/model/transfer.ts'
import { FILE_TYPES, fileType } from '#shared/transfer/file-type.ts'
import { jsonText, readRow } from './row-schemas.ts'

/**
 * A transfer that another account may restart: none of it can have arrived yet. Only the account that
 * sent a part can tell what arrived, and finish it.
 */
export const MAY_CHANGE_HANDS = `NOT EXISTS (SELECT 1 FROM landings WHERE transfer = key)
  AND NOT EXISTS (SELECT 1 FROM attachments WHERE transfer = key)`

/** The columns `transferFromRow` needs, for a SELECT from `transfers`. */
export const TRANSFER_COLUMNS = `
  id, path, real_path, file_name, destination, account, remote_folders, handling, size_bytes, sent_bytes,
  fingerprint, queued_at_ms, kind, wait_reason, until_ms, error, file_token, record_id, document, finished_at_ms,
  page_url`

/** States as a list in SQL takes them. */
export function kindList(kinds: Iterable<TransferStateKind>): string {
  return [...kinds].map((kind) => `'${kind}'`).join(', ')
}

const unlessNull = z
  .string()
  .nullable()
  .transform((text) => text || undefined)

const errorText = jsonText(z.unknown())

const rowSchema = transferSchema.extend({
  realPath: unlessNull,
  destination: jsonText(destinationSchema),
  account: unlessNull,
  pageUrl: unlessNull,
  remoteFolders: jsonText(z.array(z.string())),
  handling: jsonText(handlingSchema),
  fingerprint: jsonText(fingerprintSchema).nullable(),
})

/** A row of `transfers` as the rest of the program knows it. */
export function transferFromRow(row: Record<string, unknown>): Transfer {
  const shaped = {
    id: row['id'],
    path: row['path'],
    realPath: row['real_path'],
    fileName: row['file_name'],
    destination: row['destination'],
    account: row['account'],
    remoteFolders: row['remote_folders'],
    handling: row['handling'],
    sizeBytes: row['size_bytes'],
    sentBytes: row['sent_bytes'],
    fingerprint: row['fingerprint'],
    queuedAtMs: row['queued_at_ms'],
    pageUrl: row['page_url'],
    state: {
      kind: row['kind'],
      reason: row['wait_reason'],
      untilMs: row['until_ms'],
      error: errorText.safeParse(row['error']).data,
      fileToken: row['file_token'],
      ...(row['record_id'] !== null && { recordId: row['record_id'] }),
      ...(row['document'] !== null && { document: row['document'] }),
      finishedAtMs: row['finished_at_ms'],
    },
  }
  return readRow(rowSchema, shaped, `transfer ${String(row['id'])}`)
}

/** Values for the state's columns, by the names of their parameters. */
export function stateColumns(state: TransferState) {
  const isWaiting = state.kind === 'waiting'
  return {
    kind: state.kind,
    runnable: state.kind === 'queued' ? 1 : 0,
    waitReason: isWaiting ? state.reason : null,
    waitsSinceMs: isWaiting ? state.error.atMs : null,
    untilMs: isWaiting ? state.untilMs : null,
    error: 'error' in state ? JSON.stringify(state.error) : null,
    errorCode: 'error' in state ? JSON.stringify(state.error.code) : null,
    fileToken: 'fileToken' in state ? state.fileToken : null,
    recordId: state.kind === 'done' ? (state.recordId ?? null) : null,
    document: state.kind === 'done' ? (state.document ?? null) : null,
    finishedAtMs: endOf(state),
  }
}

function endOf(state: TransferState): number | null {
  if (state.kind === 'done') return state.finishedAtMs
  return state.kind === 'failed' || state.kind === 'skipped' ? state.error.atMs : null
}

/**
 * The assignments that go with `stateColumns`, for an UPDATE of `transfers`. A transfer with another
 * state is back in the list.
 */
export const SET_STATE = `
  listed = 1, kind = :kind, runnable = :runnable, wait_reason = :waitReason,
  waits_since_ms = :waitsSinceMs, until_ms = :untilMs,
  error = :error, error_code = :errorCode, file_token = :fileToken, record_id = :recordId, document = :document,
  finished_at_ms = :finishedAtMs`

/** Returns the place where a file goes, as text that is equal exactly when the places are. */
export function placeColumns(destination: Destination, remoteFolders: readonly string[]) {
  return {
    // The schema puts the keys in one order, however the caller built the object.
    destination: JSON.stringify(destinationSchema.parse(destination)),
    remoteFolders: JSON.stringify(remoteFolders),
  }
}

/** Returns the type of a file as the column `file_type` has it. */
export function typeNumber(fileName: string): number {
  return FILE_TYPES.indexOf(fileType(fileName))
}
