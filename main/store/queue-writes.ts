import type { AccountScope, NewTransfer, Queue } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer, TransferState, TransferStateKind } from '#shared/model/transfer.ts'
import { NOT_DONE, RUNNING, STOPPED, TAKEN_UP } from '#shared/transfer/state-kinds.ts'
import type { CallTally } from './call-tally.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import type { QueueAdmin } from './queue-admin.ts'
import { newTransferId, prepareKeyOf } from './transfer-keys.ts'
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

type QueueWrites = Pick<
  Queue,
  | 'enqueue'
  | 'saveState'
  | 'saveSource'
  | 'saveRealPath'
  | 'noteCall'
  | 'saveCalls'
  | 'requeueInterrupted'
> &
  Pick<QueueAdmin, 'requeueBlocked' | 'takeUp' | 'disown'>

const QUEUED = { kind: 'queued' } as const

/** Creates the methods that put transfers in the queue or move them through their states. */
export function createQueueWrites(database: Database, calls: CallTally): QueueWrites {
  const keyOf = prepareKeyOf(database)
  const enqueueOne = prepareEnqueueOne(database)
  const updateState = database.prepare(
    `UPDATE transfers SET ${SET_STATE}, calls_made = calls_made + :calls WHERE key = :key`,
  )
  const addCalls = database.prepare(
    'UPDATE transfers SET calls_made = calls_made + ? WHERE key = ?',
  )
  const updateSource = database.prepare(
    'UPDATE transfers SET size_bytes = ?, fingerprint = ? WHERE key = ?',
  )
  const updateRealPath = database.prepare('UPDATE transfers SET real_path = ? WHERE key = ?')
  // A state is replaced as a whole, so that nothing of the old one is left in its columns.
  const updateKinds = database.prepare(`
    UPDATE transfers SET ${SET_STATE}, batch_id = ifnull(:batchId, batch_id)
    WHERE kind IN (SELECT value FROM json_each(:kinds))
      AND (:identity IS NULL OR account = :identity OR account = :none)`)
  const requeue = (kinds: Iterable<string>, batchId: string | null, account?: AccountScope) =>
    Number(
      updateKinds.run({
        ...stateColumns(QUEUED),
        kinds: JSON.stringify([...kinds]),
        batchId,
        identity: account?.identity ?? null,
        none: account?.orNone ? '' : null,
      }).changes,
    )

  const releaseAccount = database.prepare(
    `UPDATE transfers SET account = '' WHERE account = :identity AND kind IN (${kindList(NOT_DONE)})`,
  )

  return {
    enqueue(items, batchId, nowMs, before) {
      refuseNameless(batchId)
      return inTransaction(database, () =>
        items.map((item) => enqueueOne(item, batchId, nowMs, before)),
      )
    },
    saveState(id, state) {
      updateState.run({ ...stateColumns(state), calls: calls.take(id), key: keyOf(id) })
    },
    saveSource(id, sizeBytes, fingerprint) {
      updateSource.run(sizeBytes, JSON.stringify(fingerprint), keyOf(id))
    },
    saveRealPath(id, realPath) {
      updateRealPath.run(realPath, keyOf(id))
    },
    noteCall: (id) => calls.note(id),
    saveCalls(id) {
      const made = calls.take(id)
      if (made > 0) addCalls.run(made, keyOf(id))
    },
    requeueInterrupted: (account) => requeue(RUNNING, null, account),
    requeueBlocked: (account) => requeue(['blocked'], null, account),
    disown: (identity) => Number(releaseAccount.run({ identity }).changes),
    takeUp(batchId, { failed }) {
      refuseNameless(batchId)
      return requeue([...TAKEN_UP, ...(failed ? ['failed'] : [])], batchId)
    },
  }
}

function refuseNameless(batchId: string): void {
  if (batchId === '') throw new TransferError('internal', { detail: 'a batch without an id' })
}

/** Returns the key of what a transfer is added with, which is made if it is new. */
function prepareAdditionOf(database: Database) {
  const insert = database.prepare(`
    INSERT INTO additions (id, kind, label, destination, added_at_ms) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING`)
  const select = database.prepare('SELECT key FROM additions WHERE id = ?')
  return (item: NewTransfer, batchId: string, nowMs: number): number => {
    const { id, kind, label } = item.addition ?? {
      id: batchId,
      kind: 'files',
      label: item.fileName,
    }
    const known = select.get(id)?.['key']
    if (known !== undefined) return Number(known)
    const { destination } = placeColumns(item.destination, [])
    insert.run(id, kind, label, destination, nowMs)
    return Number(select.get(id)?.['key'])
  }
}

type EnqueueOne = (
  item: NewTransfer,
  batchId: string,
  nowMs: number,
  before?: Map<string, TransferStateKind>,
) => Transfer

function prepareEnqueueOne(database: Database): EnqueueOne {
  const additionOf = prepareAdditionOf(database)
  const takeUpOne = prepareTakeUpOne(database)
  const selectOpen = database.prepare(`
    SELECT key, kind,
      expires_at_ms IS NOT NULL OR EXISTS (SELECT 1 FROM landings WHERE transfer = key)
        OR EXISTS (SELECT 1 FROM attachments WHERE transfer = key) AS has_checkpoint
    FROM transfers
    WHERE path = ? AND destination = ? AND remote_folders = ? AND kind <> 'done'`)
  const insert = database.prepare(`
    INSERT INTO transfers (id, rank, batch_id, addition, kind, runnable, size_bytes, queued_at_ms, path, real_path, file_name, file_type,
      destination, account, remote_folders, handling, fingerprint, error, error_code, finished_at_ms)
    VALUES (:id, (SELECT ifnull(max(key), 0) + 1 FROM transfers), :batchId, :addition, :kind, :runnable, :sizeBytes, :nowMs, :path, :realPath, :fileName, :fileType,
      :destination, :account, :remoteFolders, :handling, :fingerprint, :error, :errorCode, :finishedAtMs)`)
  const selectByKey = database.prepare(`SELECT ${TRANSFER_COLUMNS} FROM transfers WHERE key = ?`)

  return (item, batchId, nowMs, before) => {
    const place = placeColumns(item.destination, item.remoteFolders)
    const open = selectOpen.get(item.path, place.destination, place.remoteFolders)
    if (open !== undefined) {
      takeUpOne(open, item, batchId, () => additionOf(item, batchId, nowMs))
      const transfer = transferFromRow(selectByKey.get(Number(open['key'])) ?? {})
      before?.set(transfer.id, String(open['kind']) as TransferStateKind)
      return transfer
    }
    const { kind, runnable, error, errorCode, finishedAtMs } = stateColumns(item.state ?? QUEUED)
    const { lastInsertRowid } = insert.run({
      id: newTransferId(nowMs),
      batchId,
      addition: additionOf(item, batchId, nowMs),
      kind,
      runnable,
      sizeBytes: item.sizeBytes,
      nowMs,
      path: item.path,
      realPath: item.realPath ?? null,
      fileName: item.fileName,
      fileType: typeNumber(item.fileName),
      ...place,
      account: item.account ?? '',
      handling: JSON.stringify(item.handling ?? {}),
      fingerprint: item.fingerprint && JSON.stringify(item.fingerprint),
      error,
      errorCode,
      finishedAtMs,
    })
    return transferFromRow(selectByKey.get(lastInsertRowid) ?? {})
  }
}

/** Makes an open transfer part of a new batch. A running one is otherwise left to its lane. */
function prepareTakeUpOne(database: Database) {
  const updateBatch = database.prepare(
    `UPDATE transfers SET batch_id = ?, handling = ifnull(?, handling),
      real_path = ifnull(?, real_path) WHERE key = ?`,
  )
  const updateAddition = database.prepare('UPDATE transfers SET addition = ? WHERE key = ?')
  const updateAccount = database.prepare(
    `UPDATE transfers SET account = ? WHERE key = ? AND ${MAY_CHANGE_HANDS}`,
  )
  const updateSource = database.prepare(
    'UPDATE transfers SET size_bytes = ?, fingerprint = ? WHERE key = ?',
  )
  const updateState = database.prepare(`UPDATE transfers SET ${SET_STATE} WHERE key = :key`)

  return (
    open: Record<string, unknown>,
    item: NewTransfer,
    batchId: string,
    additionOf: () => number,
  ): void => {
    const key = Number(open['key'])
    const kind = String(open['kind']) as TransferStateKind
    const handling = item.handling ? JSON.stringify(item.handling) : null
    updateBatch.run(batchId, handling, item.realPath ?? null, key)
    if (RUNNING.includes(kind)) return
    // It was at rest: the person sees it among what they add now.
    if (STOPPED.includes(kind)) updateAddition.run(additionOf(), key)
    // A transaction of the account before is noticed on resume, and started from scratch.
    if (item.account !== undefined) updateAccount.run(item.account, key)
    const next: TransferState | undefined =
      item.state ?? (STOPPED.includes(kind) ? QUEUED : undefined)
    if (next !== undefined) updateState.run({ ...stateColumns(next), key })
    // The source of a checkpoint must not change under it: the engine compares on resuming.
    if (open['has_checkpoint'] !== 0) return
    updateSource.run(item.sizeBytes, item.fingerprint && JSON.stringify(item.fingerprint), key)
  }
}
