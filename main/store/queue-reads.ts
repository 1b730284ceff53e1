import { z } from 'zod'
import type { AccountScope, Landings, Queue } from '#main/engine/ports.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { IN_QUEUE, STATE_KINDS } from '#shared/transfer/state-kinds.ts'
import type { Database, Statement } from './late-statements.ts'
import type { QueueAdmin } from './queue-admin.ts'
import { readRow } from './row-schemas.ts'
import { ON_TOP } from './schema.ts'
import { kindList, placeColumns, TRANSFER_COLUMNS, transferFromRow } from './transfer-row.ts'

type QueueReads = Pick<Queue, 'get' | 'openAt' | 'ready' | 'nextWakeMs' | 'list' | 'partsAhead'> &
  Pick<Landings, 'ownTokens'> &
  Pick<QueueAdmin, 'accountsWithWork' | 'counts' | 'listedCounts'>

/** Questions about the queue; each answered from an index, however long the queue is. */
export function createQueueReads(database: Database): QueueReads {
  const selectById = database.prepare(`SELECT ${TRANSFER_COLUMNS} FROM transfers WHERE id = ?`)
  // Only a done transfer has a token. CROSS JOIN: from the few tokens asked for to the index.
  const selectOwnTokens = database.prepare(`
    SELECT file_token FROM json_each(?) AS asked
    CROSS JOIN transfers ON file_token = asked.value`)

  const selectOpen = database.prepare(`
    SELECT ${TRANSFER_COLUMNS} FROM transfers
    WHERE path = ? AND destination = ? AND remote_folders = ? AND kind <> 'done'`)
  // A large file costs two calls more than it has parts, any other costs one.
  const selectParts = database.prepare(`
    SELECT total(calls - (transfers - large) - 2 * large) AS parts FROM tallies
    WHERE scope = 'all' AND kind IN (${kindList(IN_QUEUE)})`)
  const countsOf = prepareCounts(database)
  const counts: QueueAdmin['counts'] = ({ batchId }) =>
    countsOf(batchId === undefined ? 'all' : `batch:${batchId}`)

  return {
    get(id) {
      const row = selectById.get(id)
      return row && transferFromRow(row)
    },
    openAt(path, destination, remoteFolders) {
      const place = placeColumns(destination, remoteFolders)
      const row = selectOpen.get(path, place.destination, place.remoteFolders)
      return row && transferFromRow(row)
    },
    ready: prepareReady(database),
    accountsWithWork: prepareAccounts(database),
    nextWakeMs: prepareNextWake(database),
    list: prepareList(database, counts),
    partsAhead: () => Number(selectParts.get()?.['parts']),
    counts,
    listedCounts: () => countsOf('listed'),
    ownTokens(tokens) {
      const rows = selectOwnTokens.all(JSON.stringify(tokens))
      return new Set(rows.map((row) => String(row['file_token'])))
    },
  }
}

/** The values of `account`; null equals no account. */
function accountValues({ identity, orNone }: AccountScope) {
  return { identity, none: orNone ? '' : null }
}

/**
 * Which transfers are due depends on the time, which no index knows. So a waiting transfer whose
 * time has come is marked `runnable` the first time anyone asks, and the index holds those alone.
 */
function prepareReady(database: Database): Queue['ready'] {
  const waiting = "kind = 'waiting' AND runnable = 0"
  // A pause is on between its ends (`isOn`). Each end has an index of its own.
  const due = [`${waiting} AND until_ms <= ?`, `${waiting} AND waits_since_ms > ?`].map((is) => ({
    select: database.prepare(`SELECT 1 FROM transfers WHERE ${is} LIMIT 1`),
    mark: database.prepare(`UPDATE transfers SET runnable = 1 WHERE ${is}`),
  }))
  // The times are asked again: the clock may have been set since.
  const of = (scope: string) => `
    SELECT ${TRANSFER_COLUMNS}, ${ON_TOP} AS on_top, expires_at_ms IS NULL AS unopened, expires_at_ms,
      rank, key
    FROM transfers
    WHERE ${scope} runnable = 1
      AND (until_ms IS NULL OR until_ms <= :nowMs OR waits_since_ms > :nowMs)`
  const order = 'ORDER BY on_top, unopened, expires_at_ms, rank, key LIMIT :limit'
  const selectAll = (scope: string) => database.prepare(`${of(scope)} ${order}`)
  // Two ordered runs of an index, merged: an account's own, and those that name none.
  const selectOwn = (scope: string) =>
    database.prepare(
      `${of(`${scope} account = :identity AND`)} UNION ALL ${of(`${scope} account = :none AND`)} ${order}`,
    )
  const inBatch = 'batch_id = :batchId AND'
  const statements = {
    all: selectAll(''),
    batch: selectAll(inBatch),
    own: selectOwn(''),
    ownInBatch: selectOwn(inBatch),
  }

  return ({ batchId, account }, limit, nowMs) => {
    for (const { select, mark } of due) if (select.get(nowMs) !== undefined) mark.run(nowMs)
    const values = { nowMs, limit, ...(batchId !== undefined && { batchId }) }
    const rows =
      account === undefined
        ? statements[batchId === undefined ? 'all' : 'batch'].all(values)
        : statements[batchId === undefined ? 'own' : 'ownInBatch'].all({
            ...values,
            ...accountValues(account),
          })
    return rows.map(transferFromRow)
  }
}

/** From account to account along an index, so that a long queue is not walked. */
function prepareAccounts(database: Database): QueueAdmin['accountsWithWork'] {
  const select = (condition: string) =>
    database.prepare(`
      WITH RECURSIVE step (account) AS (
        SELECT min(account) FROM transfers WHERE ${condition}
        UNION ALL
        SELECT (SELECT min(account) FROM transfers WHERE ${condition} AND account > step.account)
        FROM step WHERE step.account IS NOT NULL)
      SELECT account FROM step WHERE account IS NOT NULL`)
  const statements = [select('runnable = 1'), select("kind = 'waiting'")]
  return () => {
    const rows = statements.flatMap((statement) => statement.all())
    return [...new Set(rows.map((row) => String(row['account']) || undefined))]
  }
}

function prepareNextWake(database: Database): Queue['nextWakeMs'] {
  // One index entry for each value of `runnable`, instead of all that wait.
  const earliest = (scope: string, runnable: number) =>
    `SELECT min(until_ms) AS at FROM transfers WHERE ${scope} kind = 'waiting' AND runnable = ${runnable}`
  const select = (scope: string) =>
    database.prepare(
      `SELECT min(at) AS at FROM (${earliest(scope, 0)} UNION ALL ${earliest(scope, 1)})`,
    )
  const selectAll = select('')
  const selectBatch = select('batch_id = :batchId AND')
  const selectOf = select('account = :account AND')
  const selectOfInBatch = select('batch_id = :batchId AND account = :account AND')
  const read = (row: Record<string, unknown> | undefined) =>
    readRow(z.number().nullable(), row?.['at'], 'the next wake-up') ?? undefined

  return ({ batchId, account }) => {
    if (account === undefined) {
      return read(batchId === undefined ? selectAll.get() : selectBatch.get({ batchId }))
    }
    const times = [account.identity, ...(account.orNone ? [''] : [])].map((each) =>
      read(
        batchId === undefined
          ? selectOf.get({ account: each })
          : selectOfInBatch.get({ batchId, account: each }),
      ),
    )
    const known = times.filter((time) => time !== undefined)
    return known.length === 0 ? undefined : Math.min(...known)
  }
}

/**
 * Transfers in the order they were queued. Each kind has its own ordered run in the index; SQLite
 * merges the runs, so a page deep in a long queue needs neither a sort nor the skipped rows.
 */
function prepareList(database: Database, counts: QueueAdmin['counts']): Queue['list'] {
  const prepareFor = (kindCount: number, scope: string) => {
    const run = `SELECT key FROM transfers WHERE ${scope} kind = ?`
    const runs = Array.from({ length: kindCount }, () => run).join(' UNION ALL ')
    return database.prepare(`
      WITH page (key) AS (${runs} ORDER BY key LIMIT ? OFFSET ?)
      SELECT ${TRANSFER_COLUMNS} FROM page CROSS JOIN transfers USING (key) ORDER BY key`)
  }
  // Few of these are ever asked for, so each is prepared when it is.
  const prepared = new Map<string, Statement>()
  const statementFor = (kindCount: number, scope: string) => {
    const key = `${scope} ${kindCount}`
    const statement = prepared.get(key) ?? prepareFor(kindCount, scope)
    prepared.set(key, statement)
    return statement
  }

  return ({ kinds = STATE_KINDS, ...filter }, { offset, limit }) => {
    // Kinds without any transfer are left out: the fewer runs, the cheaper the merge.
    const { byState } = counts(filter)
    const wanted = [...new Set(kinds)].filter((kind) => byState[kind] > 0)
    const { batchId } = filter
    if (wanted.length === 0) return []
    const scope = batchId === undefined ? '' : 'batch_id = ? AND'
    const statement = statementFor(wanted.length, scope)
    const values = batchId === undefined ? wanted : wanted.flatMap((kind) => [batchId, kind])
    return statement.all(...values, limit, offset).map(transferFromRow)
  }
}

const tallySchema = z.object({
  kind: z.enum(STATE_KINDS),
  transfers: z.number().int().nonnegative(),
})

function prepareCounts(database: Database): (scope: string) => TransferCounts {
  const select = database.prepare('SELECT * FROM tallies WHERE scope = ?')

  return (scope) => {
    const byState = Object.fromEntries(STATE_KINDS.map((kind) => [kind, 0])) as Record<
      TransferStateKind,
      number
    >
    for (const row of select.all(scope)) {
      const tally = readRow(tallySchema, row, 'the tally')
      byState[tally.kind] = tally.transfers
    }
    return { byState }
  }
}
