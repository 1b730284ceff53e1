import type {
  Destination,
  Transfer,
  TransferState,
  TransferStateKind,
} from '#shared/model/transfer.ts'
import { knowsFolders } from '#shared/transfer/knows-folders.ts'
import { ENDED, HELD, IDLE } from '#shared/transfer/state-kinds.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { createQueueOrder, type QueueOrder } from './queue-order.ts'
import {
  kindList,
  MAY_CHANGE_HANDS,
  placeColumns,
  SET_STATE,
  stateColumns,
  TRANSFER_COLUMNS,
  transferFromRow,
  typeNumber,
} from './transfer-row.ts'

/** A transfer that a person's word has moved to another state. */
interface Moved {
  readonly before: Transfer
  readonly state: TransferState
}

/** The changes that a person makes to transfers, many at a time. Every method is one commit. */
export interface QueueControls extends QueueOrder {
  /**
   * Gives each transfer the state that `next` makes of it; unknown ids are left out.
   * @returns those that have another state now
   */
  moveStates(
    ids: readonly string[],
    nowMs: number,
    next: (transfer: Transfer) => TransferState,
  ): Moved[]
  /**
   * Moves unfinished uploads to another account, where they start from scratch: Feidi's part of a
   * transaction is forgotten, because Feishu refuses it to any other account (1062007). A transfer
   * that runs, is over, or may be uploaded already stays as it is.
   * @param account empty: the account in use
   * @returns the ids of those that changed hands; they are queued
   */
  handOver(ids: readonly string[], account: string): string[]
  /**
   * Follows a file that has another name now. An upload begun under the former name is forgotten.
   * @returns false when it may be uploaded already, or another transfer has that file
   */
  follow(id: string, place: Pick<Transfer, 'path' | 'realPath' | 'fileName'>): boolean
  /**
   * Sends what a person holds back, or has to see to, to another destination, from scratch.
   * Those that may be uploaded already stay, and those that have to go where they go: the files of a
   * watched folder, and those to become documents. @returns those that go elsewhere now, as they were
   */
  redirect(ids: readonly string[], destination: Destination): Transfer[]
  /** Gives each of them its former destination and state. Returns how many were still there to be moved. */
  sendBack(former: readonly Transfer[]): number
  /**
   * Takes what has come to its end off the list, or puts it back; the history has it all the while.
   * @returns the ids of those that were moved
   */
  setListed(ids: readonly string[], isListed: boolean): string[]
  /** Takes up to `limit` transfers of these states off the list that came to their end before. Returns how many. */
  clear(kinds: readonly TransferStateKind[], endedBeforeMs: number, limit: number): number
  /**
   * Removes cancelled transfers of a batch as if they had never been asked for. One whose file may be
   * in Feishu stays. @returns the ids of those removed
   */
  discard(ids: readonly string[], batchId: string): string[]
  /** Forgets how far what is cancelled had come, for it can not be taken back any more: these, or all of them. */
  forgetCancelled(ids?: readonly string[]): void
}

const IS_IDLE = `kind IN (${kindList(IDLE)})`

export function createQueueControls(database: Database): QueueControls {
  const select = database.prepare(`SELECT key, ${TRANSFER_COLUMNS} FROM transfers WHERE id = ?`)
  const update = database.prepare(`UPDATE transfers SET ${SET_STATE} WHERE key = :key`)
  const selectMovable = database.prepare(
    `SELECT key FROM transfers WHERE id = ? AND ${IS_IDLE} AND ${MAY_CHANGE_HANDS}`,
  )
  const dropTransaction = database.prepare('DELETE FROM transactions WHERE transfer = ?')
  const changeHands = database.prepare(`
    UPDATE transfers SET ${SET_STATE}, account = :account, expires_at_ms = NULL, sent_bytes = 0
    WHERE key = :key`)
  const selectHeld = database.prepare(`
    SELECT key, ${TRANSFER_COLUMNS} FROM transfers
    WHERE id = ? AND kind IN (${kindList(HELD)}) AND ${MAY_CHANGE_HANDS}`)
  const changePlace = database.prepare(`
    UPDATE OR IGNORE transfers SET ${SET_STATE}, destination = :destination, remote_folders = :remoteFolders,
      expires_at_ms = NULL, sent_bytes = 0
    WHERE key = :key`)
  /** False: a transfer of that file to that place is open already. */
  const send = (key: number, place: Pick<Transfer, 'destination' | 'remoteFolders' | 'state'>) => {
    const { destination, remoteFolders, state } = place
    const columns = { ...stateColumns(state), ...placeColumns(destination, remoteFolders) }
    if (changePlace.run({ ...columns, key }).changes === 0) return false
    dropTransaction.run(key)
    return true
  }
  const rename = database.prepare(`
    UPDATE OR IGNORE transfers
    SET path = :path, real_path = :realPath, file_name = :fileName, file_type = :fileType,
      expires_at_ms = NULL, sent_bytes = 0
    WHERE key = :key`)
  const setListed = database.prepare(
    `UPDATE transfers SET listed = :listed WHERE id = :id AND listed <> :listed AND kind IN (${kindList(ENDED)})`,
  )
  const clear = database.prepare(`
    UPDATE transfers SET listed = 0 WHERE key IN (
      SELECT key FROM transfers INDEXED BY transfers_listed
      WHERE listed = 1 AND kind IN (SELECT value FROM json_each(:kinds))
        AND ifnull(finished_at_ms, queued_at_ms) < :endedBeforeMs LIMIT :limit)`)
  const selectDiscardable = database.prepare(`
    SELECT key FROM transfers
    WHERE id = ? AND batch_id = ? AND kind = 'cancelled' AND ${MAY_CHANGE_HANDS}
      AND NOT EXISTS (SELECT 1 FROM receipts WHERE transfer = key)`)
  const discard = database.prepare('DELETE FROM transfers WHERE key = ?')
  const cancelled = (scope: string, table = 'transactions') => `
    SELECT transfer FROM ${table} CROSS JOIN transfers ON key = transfer
    WHERE kind = 'cancelled' ${scope}`
  const forget = (scope: string) => [
    database.prepare(
      `UPDATE transfers SET expires_at_ms = NULL, sent_bytes = 0 WHERE key IN (${cancelled(scope)})`,
    ),
    database.prepare(`DELETE FROM transactions WHERE transfer IN (${cancelled(scope)})`),
    // A block that was made in a document is taken away by the engine first; from now on it may be.
    database.prepare(`
      UPDATE attachments SET place = json_set(place, '$.isGivenUp', 1)
      WHERE transfer IN (${cancelled(scope, 'attachments')})`),
    database.prepare(`
      DELETE FROM attachments WHERE json_extract(place, '$.kind') <> 'block'
        AND transfer IN (${cancelled(scope, 'attachments')})`),
  ]
  const forgetAll = forget('')
  const forgetThese = forget('AND id IN (SELECT value FROM json_each(:ids))')

  return {
    moveStates: (ids, nowMs, next) =>
      inTransaction(database, () =>
        ids.flatMap((id) => {
          const row = select.get(id)
          if (row === undefined) return []
          const before = transferFromRow(row)
          const state = next(before)
          if (state === before.state) return []
          const columns = stateColumns(state)
          const finishedAtMs = state.kind === 'cancelled' ? nowMs : columns.finishedAtMs
          update.run({ ...columns, finishedAtMs, key: Number(row['key']) })
          return [{ before, state }]
        }),
      ),
    handOver: (ids, account) =>
      inTransaction(database, () =>
        ids.filter((id) => {
          const key = selectMovable.get(id)?.['key']
          if (key === undefined) return false
          dropTransaction.run(Number(key))
          changeHands.run({ ...stateColumns({ kind: 'queued' }), account, key: Number(key) })
          return true
        }),
      ),
    follow: (id, { path, realPath, fileName }) =>
      inTransaction(database, () => {
        const key = selectMovable.get(id)?.['key']
        if (key === undefined) return false
        const fileType = typeNumber(fileName)
        const place = { path, realPath: realPath ?? null, fileName, fileType }
        if (rename.run({ ...place, key: Number(key) }).changes === 0) return false
        dropTransaction.run(Number(key))
        return true
      }),
    redirect: (ids, destination) =>
      inTransaction(database, () =>
        ids.flatMap((id) => {
          const row = selectHeld.get(id)
          if (row === undefined) return []
          const before = transferFromRow(row)
          if (before.handling.watched || before.handling.asDocument !== undefined) return []
          const remoteFolders = knowsFolders(destination) ? before.remoteFolders : []
          const place = { destination, remoteFolders, state: { kind: 'queued' } } as const
          return send(Number(row['key']), place) ? [before] : []
        }),
      ),
    sendBack: (former) =>
      inTransaction(
        database,
        () =>
          former.filter((before) => {
            const key = selectMovable.get(before.id)?.['key']
            return key !== undefined && send(Number(key), before)
          }).length,
      ),
    ...createQueueOrder(database),
    setListed: (ids, isListed) =>
      inTransaction(database, () =>
        ids.filter((id) => setListed.run({ id, listed: Number(isListed) }).changes > 0),
      ),
    clear: (kinds, endedBeforeMs, limit) =>
      Number(clear.run({ kinds: JSON.stringify(kinds), endedBeforeMs, limit }).changes),
    discard: (ids, batchId) =>
      inTransaction(database, () =>
        ids.filter((id) => {
          const key = selectDiscardable.get(id, batchId)?.['key']
          if (key === undefined) return false
          dropTransaction.run(Number(key))
          discard.run(Number(key))
          return true
        }),
      ),
    forgetCancelled(ids) {
      inTransaction(database, () => {
        for (const statement of ids === undefined ? forgetAll : forgetThese) {
          if (ids === undefined) statement.run()
          else statement.run({ ids: JSON.stringify(ids) })
        }
      })
    },
  }
}
