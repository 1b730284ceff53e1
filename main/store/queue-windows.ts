import { z } from 'zod'
import { bytesSchema } from '#shared/model/numbers.ts'
import {
  type Destination,
  destinationSchema,
  type Transfer,
  type TransferStateKind,
} from '#shared/model/transfer.ts'
import { ENDED, IDLE, RUNNING, STATE_KINDS, UNFINISHED } from '#shared/transfer/state-kinds.ts'
import { createQueueAmounts, type QueueAmounts, type Tally, talliesSchema } from './amount-reads.ts'
import type { Database, Statement } from './late-statements.ts'
import {
  conditionsOf,
  END_TIME,
  filterOf,
  HAS_ENDED,
  isOfAll,
  type ListFilter,
  PROGRESS,
  type QueueFilter,
  STATE_PLACE,
  type Values,
} from './queue-filters.ts'
import { prepareTroubles, type Trouble } from './queue-troubles.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { kindList, TRANSFER_COLUMNS, transferFromRow } from './transfer-row.ts'

/** In these orders no index has the rows: all of them are sorted for each window. */
type SortedOrder = 'destination' | 'progress' | 'speed' | 'state'

type IndexedOrder = 'queue' | 'name' | 'size' | 'added' | 'end'

type WindowOrder = IndexedOrder | SortedOrder

/**
 * The moment when a person opened a list. Later windows of it show the same rows in the same places,
 * whatever has been added since.
 */
export interface Opening {
  /** The newest transfer at that moment. */
  readonly newest: number
  /** The time of the latest end at that moment. */
  readonly lastEndMs: number
  /** The ids of the transfers that stand on top: at work, or moved there by the person. */
  readonly first: string[]
}

interface OpenedRequest extends ListFilter, Pick<WindowRequest, 'offset' | 'limit'> {
  /** `recent`: those on top, then the newest; `end`: what ended last leads. */
  readonly order: 'recent' | 'end'
  /** Undefined: the list is opened now. */
  readonly opening: Opening | undefined
}

export interface WindowRequest extends QueueFilter {
  readonly order: WindowOrder
  readonly descending: boolean
  /** The places of destinations, as JSON, or the speeds of transfers, by id: only the caller knows them. */
  readonly ranks?: Readonly<Record<string, number>>
  readonly offset: number
  readonly limit: number
}

/** Views of the queue for a person, however long it is. */
export interface QueueWindows extends QueueAmounts {
  window(request: WindowRequest): Transfer[]
  /** A window with how many there are in all. */
  page(request: WindowRequest): { readonly transfers: Transfer[]; readonly total: number }
  /** A window of a list that keeps its rows in place until it is opened again. */
  opened(request: OpenedRequest): {
    readonly transfers: Transfer[]
    readonly total: number
    readonly opening: Opening
    /** Transfers that would be shown if the list were opened now. */
    readonly news: number
  }
  /** Returns how many transfers of each state a filter lets through. */
  tally(request: Omit<ListFilter, 'kinds'>): Tally[]
  /** The failures of the list, the commonest first. */
  troubles(): Trouble[]
  /** All places that transfers have gone to. */
  destinations(): Destination[]
  /** As a window of what has come to its end, with the time of that. */
  ended(request: WindowRequest): { readonly transfer: Transfer; readonly endedAtMs: number }[]
  /** Returns how many transfers a window of all would hold. */
  total(request: QueueFilter): number
  /** Ids in the order they were queued, after that of `afterKey`. */
  ids(
    request: ListFilter & { readonly afterKey: number; readonly limit: number },
  ): { readonly key: number; readonly id: string }[]
  /** Acknowledged bytes of everything that a window would hold. */
  sentBytes(request: ListFilter): number
  /** Checks whether an upload of the file is still to come, or may be asked for. */
  unfinishedAt(path: string): boolean
}

/** Ranks are joined as `ranks`, by the column that they are given for. */
const SORTED_COLUMNS: Readonly<Record<SortedOrder, { value: string; joined: string }>> = {
  destination: { value: 'ranks.value', joined: 'destination' },
  speed: { value: 'ifnull(ranks.value, 0)', joined: 'id' },
  progress: { value: PROGRESS, joined: 'id' },
  state: { value: STATE_PLACE, joined: 'id' },
}

const ORDER_COLUMNS: Readonly<Record<IndexedOrder, string>> = {
  queue: 'rank',
  name: 'file_name COLLATE NOCASE',
  size: 'size_bytes',
  added: 'key',
  end: END_TIME,
}

/** A search, or a look for qualities, among more than this share of the queue reads all of it, rather than row by row. */
const LARGE_SHARE = 0.25

type Plan = 'by index' | 'by scan'

const FROM: Readonly<Record<Plan, string>> = {
  'by index': 'FROM transfers',
  'by scan': 'FROM transfers NOT INDEXED',
}

/** The index that has the rows of a list in its order. */
const FROM_LISTED: Readonly<Record<OpenedRequest['order'], string>> = {
  recent: 'FROM transfers INDEXED BY transfers_listed',
  end: 'FROM transfers INDEXED BY transfers_by_end',
}

const destinationRow = z.object({ destination: jsonText(destinationSchema) })

export function createQueueWindows(database: Database): QueueWindows {
  const prepare = statementCache(database)
  const amounts = createQueueAmounts(database)
  const unfinishedAt = database.prepare(
    `SELECT 1 FROM transfers WHERE path = ? AND kind <> 'done' AND kind IN (${kindList(UNFINISHED)}) LIMIT 1`,
  )
  const destinations = database.prepare('SELECT destination FROM destinations')
  const planFor = ({ kinds, search, criteria }: QueueFilter): Plan => {
    if (search.length === 0 && criteria === undefined) return 'by index'
    const all = amounts.tallies()
    const kept = all.filter(({ kind }) => kinds.includes(kind))
    return sumOf(kept) > sumOf(all) * LARGE_SHARE ? 'by scan' : 'by index'
  }
  const tallied = (kinds: readonly TransferStateKind[]) =>
    amounts.listedTallies().filter(({ kind }) => kinds.includes(kind))
  const read = (request: WindowRequest) => {
    if (request.kinds.length === 0) return []
    const { text, values } = windowQuery(request, planFor(request))
    return prepare(text).all(values)
  }
  const rows = (request: WindowRequest) => {
    // Only what is settled has come to an end, and the tallies do not ask.
    if (!isOfAll(request) || request.order === 'end') return read(request)
    const there = tallied(request.kinds)
    const kinds = there.map(({ kind }) => kind)
    return readFromNearerEnd({ ...request, kinds }, sumOf(there), read)
  }
  const total = (request: QueueFilter): number => {
    if (isOfAll(request)) return sumOf(tallied(request.kinds))
    const { condition, values } = filterOf(request)
    const from = FROM[planFor(request)]
    const row = prepare(`SELECT count(*) AS total ${from} WHERE ${condition}`).get(values)
    return readRow(bytesSchema, row?.['total'], 'a total')
  }
  return {
    ...amounts,
    window: (request) => rows(request).map(transferFromRow),
    page(request) {
      const transfers = rows(request).map(transferFromRow)
      // A window that is not full has the end in it: nothing has to be counted.
      const hasEnd = transfers.length > 0 && transfers.length < request.limit
      return {
        transfers,
        total: hasEnd ? request.offset + transfers.length : total(request),
      }
    },
    opened: openedWindow({ prepare, total, tallied, planFor }),
    tally(request) {
      const { condition, values } = filterOf({ ...request, kinds: STATE_KINDS })
      const from = FROM[planFor({ ...request, kinds: STATE_KINDS })]
      const text = `SELECT kind, count(*) AS transfers, total(size_bytes) AS bytes, 0 AS calls,
        0 AS large, 0 AS largeBytes ${from}
        WHERE ${condition} GROUP BY kind`
      return prepare(text)
        .all(values)
        .map((row) => readRow(talliesSchema, row, 'the tally'))
    },
    troubles: prepareTroubles(database),
    destinations: () =>
      destinations.all().map((row) => readRow(destinationRow, row, 'a destination').destination),
    ended: (request) =>
      rows(request).map((row) => ({
        transfer: transferFromRow(row),
        endedAtMs: Number(row['finished_at_ms'] ?? row['queued_at_ms']),
      })),
    total,
    ids({ afterKey, limit, ...request }) {
      const { condition, values } = filterOf(request)
      const text = `SELECT key, id FROM transfers NOT INDEXED WHERE ${condition} AND key > :afterKey ORDER BY key LIMIT :limit`
      const rows = prepare(text).all({ ...values, afterKey, limit })
      return rows.map((row) => ({ key: Number(row['key']), id: String(row['id']) }))
    },
    sentBytes(request) {
      const { condition, values } = filterOf(request)
      const text = `SELECT total(sent_bytes) AS sent FROM transfers WHERE ${condition}`
      return Number(prepare(text).get(values)?.['sent'] ?? 0)
    },
    unfinishedAt: (path) => unfinishedAt.get(path) !== undefined,
  }
}

function sumOf(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { transfers }) => sum + transfers, 0)
}

/** Reads a window from its nearer end: skipped rows cost time, so a deep one is read backwards. */
function readFromNearerEnd<Row, Request extends Window>(
  request: Request,
  total: number,
  read: (request: Request) => Row[],
): Row[] {
  const { offset, descending } = request
  if (offset <= total / 2) return read(request)
  const limit = Math.min(request.limit, total - offset)
  if (limit <= 0) return []
  const offsetFromEnd = total - offset - limit
  return read({ ...request, descending: !descending, offset: offsetFromEnd, limit }).reverse()
}

/** There are never more at work than a few dozen; the person may move any number to the top. */
const MOST_FIRST = 200

interface OpenedTools {
  readonly prepare: (text: string) => Statement
  readonly total: (filter: QueueFilter) => number
  readonly tallied: (kinds: readonly TransferStateKind[]) => Tally[]
  readonly planFor: (filter: QueueFilter) => Plan
}

/**
 * Windows with stable places. Keys and times of an end never change, so a bound on them keeps out
 * what is new; the few rows on top are remembered by their ids.
 */
function openedWindow({ prepare, total, tallied, planFor }: OpenedTools): QueueWindows['opened'] {
  const newest = prepare('SELECT ifnull(max(key), 0) AS newest FROM transfers')
  const first = prepare(`
    SELECT id FROM (
      SELECT 0 AS place, id, rank, key FROM transfers
      WHERE kind IN (${kindList(RUNNING)}) AND listed = 1
      UNION ALL
      SELECT 1, id, rank, key FROM transfers
      WHERE kind IN (${kindList(IDLE)}) AND listed = 1 AND rank < 0)
    ORDER BY place, rank, key LIMIT ${MOST_FIRST}`)
  const lastEnd = prepare(
    `SELECT ifnull(max(at), 0) AS at FROM (${ENDED.map(lastEndOf).join(' UNION ALL ')})`,
  )
  const open = (): Opening => ({
    newest: Number(newest.get()?.['newest']),
    lastEndMs: Number(lastEnd.get()?.['at']),
    first: first.all().map((row) => String(row['id'])),
  })
  const count = (condition: string, values: Values) =>
    Number(prepare(`SELECT count(*) AS total FROM transfers ${condition}`).get(values)?.['total'])

  return ({ opening: before, order, offset, limit, ...filter }) => {
    const opening = before ?? open()
    if (filter.kinds.length === 0) return { transfers: [], total: 0, opening, news: 0 }
    const { condition, values } = filterOf(filter)
    const [bound, isNew, bounds] =
      order === 'recent'
        ? ['key <= :newest', 'key > :newest', { newest: opening.newest }]
        : [
            `${END_TIME} <= :lastEndMs`,
            `${END_TIME} > :lastEndMs`,
            { lastEndMs: opening.lastEndMs },
          ]
    const isEnded = order === 'end' ? ` AND ${HAS_ENDED}` : ''
    const news =
      before === undefined
        ? 0
        : count(`WHERE ${condition}${isEnded} AND ${isNew}`, { ...values, ...bounds })
    const all = isOfAll(filter) ? sumOf(tallied(filter.kinds)) - news : undefined
    const pinned = order === 'recent' ? JSON.stringify(opening.first) : '[]'
    const top = prepare(`
      WITH pins (pin, place) AS (SELECT value, key FROM json_each(:pinned))
      SELECT ${TRANSFER_COLUMNS}, key FROM pins CROSS JOIN transfers ON id = pin
      WHERE ${condition} AND ${bound} ORDER BY place`).all({ ...values, ...bounds, pinned })
    const shown = top.slice(offset, offset + limit)
    const scopes =
      planFor(filter) === 'by scan' ? [condition] : runsOf({ ...filter, order: 'added' })
    const runs = scopes.map(
      (where) => `SELECT ${order === 'recent' ? 'key' : END_TIME} AS rank_, key
        ${planFor(filter) === 'by scan' ? FROM['by scan'] : FROM_LISTED[order]}
        WHERE ${where}${isEnded} AND ${bound} AND key NOT IN (SELECT value FROM json_each(:pinned))`,
    )
    const below = (window: Window) => {
      const direction = window.descending ? 'DESC' : 'ASC'
      const text = `
        WITH page (rank_, key) AS (
          ${runs.join(' UNION ALL ')} ORDER BY 1 ${direction}, 2 ${direction} LIMIT :limit OFFSET :offset)
        SELECT ${TRANSFER_COLUMNS} FROM page CROSS JOIN transfers USING (key)
        ORDER BY rank_ ${direction}, key ${direction}`
      const keys = JSON.stringify(top.map((row) => row['key']))
      const place = { offset: window.offset, limit: window.limit }
      return prepare(text).all({ ...values, ...bounds, pinned: keys, ...place })
    }
    const window = {
      descending: true,
      offset: Math.max(0, offset - top.length),
      limit: limit - shown.length,
    }
    // A search is a walk over all rows, from whichever end.
    const read = () =>
      all === undefined ? below(window) : readFromNearerEnd(window, all - top.length, below)
    const rest = window.limit === 0 ? [] : read()
    const transfers = [...shown, ...rest].map(transferFromRow)
    const hasEnd = transfers.length > 0 && transfers.length < limit
    const counted = () => (hasEnd ? offset + transfers.length : total(filter) - news)
    return { transfers, total: all ?? counted(), opening, news }
  }
}

/** Each from its own end of the index. */
function lastEndOf(kind: TransferStateKind): string {
  return `SELECT max(${END_TIME}) AS at FROM transfers WHERE kind = '${kind}' AND ${HAS_ENDED}`
}

/** The texts come from the tables above, so there are only so many of them. */
function statementCache(database: Database) {
  const statements = new Map<string, Statement>()
  return (text: string) => {
    const known = statements.get(text) ?? database.prepare(text)
    statements.set(text, known)
    return known
  }
}

/**
 * Each kind has its own ordered run in an index; SQLite merges the runs, so a window deep in a long
 * queue needs no sort. A search has to look at every name: that is quickest from end to end, and what
 * it finds is few enough to be sorted.
 */
function windowQuery(
  request: WindowRequest,
  plan: Plan,
): {
  text: string
  values: Values
} {
  const { order, descending, offset, limit } = request
  const direction = descending ? 'DESC' : 'ASC'
  const { condition, values } = filterOf(request)
  if (isSorted(order)) {
    const { value, joined } = SORTED_COLUMNS[order]
    const text = `
    WITH ranks AS MATERIALIZED (SELECT key, value FROM json_each(:ranks)),
    page (rank_, key) AS (
      SELECT ${value}, transfers.key FROM transfers NOT INDEXED LEFT JOIN ranks ON ranks.key = ${joined}
      WHERE ${condition} ORDER BY 1 ${direction}, 2 ${direction} LIMIT :limit OFFSET :offset)
    SELECT ${TRANSFER_COLUMNS} FROM page CROSS JOIN transfers USING (key)
    ORDER BY rank_ ${direction}, key ${direction}`
    return {
      text,
      values: { ...values, offset, limit, ranks: JSON.stringify(request.ranks ?? {}) },
    }
  }
  const scopes = plan === 'by scan' ? [condition] : runsOf(request)
  const runs = scopes.map(
    (where) => `SELECT ${ORDER_COLUMNS[order]} AS rank_, key ${FROM[plan]} WHERE ${where}`,
  )
  const text = `
    WITH page (rank_, key) AS (
      ${runs.join(' UNION ALL ')}
      ORDER BY 1 ${order === 'name' ? 'COLLATE NOCASE ' : ''}${direction}, 2 ${direction}
      LIMIT :limit OFFSET :offset)
    SELECT ${TRANSFER_COLUMNS} FROM page CROSS JOIN transfers USING (key)
    ORDER BY rank_ ${order === 'name' ? 'COLLATE NOCASE ' : ''}${direction}, key ${direction}`
  return { text, values: { ...values, offset, limit } }
}

function isSorted(order: WindowOrder): order is SortedOrder {
  return order in SORTED_COLUMNS
}

function runsOf(request: QueueFilter & Pick<WindowRequest, 'order'>): string[] {
  const ended = request.order === 'end' ? [HAS_ENDED] : []
  return request.kinds.map((_, index) =>
    [...ended, `kind = :kind${index}`, ...conditionsOf(request)].join(' AND '),
  )
}

type Window = Pick<WindowRequest, 'descending' | 'offset' | 'limit'>
