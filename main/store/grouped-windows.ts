import { z } from 'zod'
import { bytesSchema, countSchema, timeSchema } from '#shared/model/numbers.ts'
import { destinationSchema, type Transfer } from '#shared/model/transfer.ts'
import { IDLE, RUNNING } from '#shared/transfer/state-kinds.ts'
import type { Database, Statement } from './late-statements.ts'
import { filterOf, isOfAll, type ListFilter, PROGRESS, STATE_PLACE } from './queue-filters.ts'
import { jsonText, readRow } from './row-schemas.ts'
import { kindList, TRANSFER_COLUMNS, transferFromRow } from './transfer-row.ts'

/** Groups whose order an opening remembers; further down they stand by their age. */
const MOST_FIRST = 200

/** The moment when a person opened the grouped list: groups and rows keep their places until it is opened again. */
export interface GroupedOpening {
  /** The newest transfer at that moment. */
  readonly newest: number
  /** The newest group. */
  readonly newestGroup: number
  /** The first groups, in order. */
  readonly firstGroups: readonly number[]
}

export type GroupOrder = 'recent' | 'name' | 'size' | 'added' | 'progress' | 'state'

interface GroupedRequest {
  readonly filter: ListFilter
  readonly order: GroupOrder
  readonly descending: boolean
  /** Groups are unfolded, except these; or folded, except these. A group that is alone is unfolded. */
  readonly unfolded: boolean
  readonly except: ReadonlySet<number>
  readonly offset: number
  readonly limit: number
  /** Undefined: the list is opened now. */
  readonly opening: GroupedOpening | undefined
}

const groupSchema = z.object({
  key: countSchema,
  kind: z.enum(['files', 'folder', 'rule']),
  label: z.string(),
  destination: jsonText(destinationSchema),
  addedAtMs: timeSchema,
})

/** Files that were added together. */
export type Group = Readonly<z.output<typeof groupSchema>>

type GroupedEntry =
  | {
      readonly kind: 'group'
      readonly group: Group
      /** Its transfers that the filter lets through. */
      readonly shown: number
      readonly isOpen: boolean
    }
  /** `group`: the heading that it stands under; a file that was added alone has none. */
  | { readonly kind: 'transfer'; readonly transfer: Transfer; readonly group: number | undefined }

interface GroupedPage {
  readonly entries: GroupedEntry[]
  readonly total: number
  readonly opening: GroupedOpening
  /** Transfers that would be shown if the list were opened now. */
  readonly news: number
}

export interface GroupedWindows {
  /** Groups, each followed by its transfers if it is unfolded, as one list. */
  grouped(request: GroupedRequest): GroupedPage
  /** Counts the groups of the list, and the transfers of the largest one. */
  groupSizes(): { readonly groups: number; readonly largest: number }
  /** The groups of the transfers at work. */
  groupsAtWork(): { readonly group: number; readonly transfer: Transfer }[]
}

const found = z.object({
  key: countSchema,
  /** Transfers in the list, whatever the filter. */
  files: countSchema,
  shown: countSchema,
  bytes: bytesSchema,
  latest: countSchema,
  label: z.string(),
})

type Found = z.output<typeof found>

/** The place of a group in the list, and how many entries it has there. */
interface Placed extends Found {
  readonly isAlone: boolean
  readonly isOpen: boolean
  readonly length: number
}

const OF_GROUPS = `scope >= 'added:' AND scope < 'added;' AND transfers > 0`

const ROW_ORDERS: Readonly<Record<GroupOrder, string>> = {
  recent: 'rank',
  added: 'key',
  name: 'file_name COLLATE NOCASE',
  size: 'size_bytes',
  progress: PROGRESS,
  state: STATE_PLACE,
}

export function createGroupedWindows(database: Database): GroupedWindows {
  const statements = new Map<string, Statement>()
  const prepare = (text: string) => {
    const known = statements.get(text) ?? database.prepare(text)
    statements.set(text, known)
    return known
  }
  const sizes = `SELECT CAST(substr(scope, 7) AS INTEGER) AS key, sum(transfers) AS files,
    total(bytes) AS bytes FROM tallies WHERE ${OF_GROUPS}`
  const selectGroup = database.prepare(
    'SELECT key, kind, label, destination, added_at_ms AS addedAtMs FROM additions WHERE key = ?',
  )
  const newest = database.prepare(`SELECT
    (SELECT ifnull(max(key), 0) FROM transfers) AS newest,
    (SELECT ifnull(max(key), 0) FROM additions) AS newestGroup`)
  const onTop = database.prepare(`
    SELECT DISTINCT addition FROM transfers
    WHERE listed = 1 AND (kind IN (${kindList(RUNNING)}) OR (kind IN (${kindList(IDLE)}) AND rank < 0))`)
  const atWork = database.prepare(`
    SELECT addition, ${TRANSFER_COLUMNS} FROM transfers
    WHERE listed = 1 AND kind IN (${kindList(RUNNING)})`)
  const groupSizes = database.prepare(
    `SELECT count(*) AS groups, ifnull(max(files), 0) AS largest FROM (${sizes} GROUP BY scope)`,
  )

  /** All groups that the filter lets something of through. */
  const find = (filter: ListFilter): Found[] => {
    const { condition, values } = filterOf(filter)
    const kinds = filter.kinds.map((_, index) => `:kind${index}`).join(', ')
    const shown = isOfAll(filter)
      ? `SELECT CAST(substr(scope, 7) AS INTEGER) AS key, sum(transfers) AS shown, total(bytes) AS bytes
        FROM tallies WHERE ${OF_GROUPS} AND kind IN (${kinds}) GROUP BY scope`
      : `SELECT addition AS key, count(*) AS shown, total(size_bytes) AS bytes
        FROM transfers WHERE ${condition} GROUP BY addition`
    const text = `
      WITH shown AS MATERIALIZED (${shown}), sizes AS MATERIALIZED (${sizes} GROUP BY scope)
      SELECT shown.key, shown.shown, shown.bytes, sizes.files, latest, label
      FROM shown JOIN sizes USING (key) CROSS JOIN additions ON additions.key = shown.key`
    const used = isOfAll(filter) ? kindsOf(values) : values
    return prepare(text)
      .all(used)
      .map((row) => readRow(found, row, 'a group'))
  }

  /** Transfers of one group that were there when the list was opened. */
  const count = (filter: ListFilter, addition: number, upTo: number): number => {
    const { condition, values } = filterOf({ ...filter, addition })
    const text = `SELECT count(*) AS total FROM transfers WHERE ${condition} AND key <= :upTo`
    return Number(prepare(text).get({ ...values, upTo })?.['total'])
  }

  const rowsOf = (
    { filter, order, descending }: GroupedRequest,
    { key, shown }: Placed,
    upTo: number,
    window: { readonly offset: number; readonly limit: number },
  ) => {
    const { condition, values } = filterOf({ ...filter, addition: key })
    // Skipped rows cost time, so a deep window is read from the other end.
    const isDeep = window.offset > shown / 2
    const limit = Math.min(window.limit, shown - window.offset)
    const offset = isDeep ? shown - window.offset - limit : window.offset
    const isDown = (order !== 'recent' && descending) !== isDeep
    const by = `${ROW_ORDERS[order]} ${isDown ? 'DESC' : 'ASC'}, key ${isDown ? 'DESC' : 'ASC'}`
    const text = `
      WITH page (key) AS (
        SELECT key FROM transfers WHERE ${condition} AND key <= :upTo
        ORDER BY ${by} LIMIT :limit OFFSET :offset)
      SELECT ${TRANSFER_COLUMNS} FROM page CROSS JOIN transfers USING (key) ORDER BY ${by}`
    const rows = prepare(text).all({ ...values, upTo, limit, offset })
    return (isDeep ? rows.reverse() : rows).map(transferFromRow)
  }

  const open = (groups: readonly Found[]): GroupedOpening => {
    const top = new Set(onTop.all().map((row) => Number(row['addition'])))
    const first = groups
      .toSorted((a, b) => Number(top.has(b.key)) - Number(top.has(a.key)) || b.latest - a.latest)
      .slice(0, MOST_FIRST)
      .map(({ key }) => key)
    const row = newest.get()
    return {
      newest: Number(row?.['newest']),
      newestGroup: Number(row?.['newestGroup']),
      firstGroups: first,
    }
  }

  return {
    grouped(request) {
      const { filter, opening: before, offset, limit } = request
      const all = filter.kinds.length === 0 ? [] : find(filter)
      const opening = before ?? open(all)
      const groups = inOrder(
        all.filter(({ key }) => key <= opening.newestGroup),
        request,
        opening,
      )
      const isOnly = groups.length === 1
      let news = all.reduce(
        (sum, each) => sum + (each.key > opening.newestGroup ? each.shown : 0),
        0,
      )
      const placed = groups.map((each): Placed => {
        const isAlone = each.files === 1
        const isOpen = (request.unfolded || isOnly) !== request.except.has(each.key)
        if (isAlone || !isOpen) return { ...each, isAlone, isOpen, length: 1 }
        const hasGrown = each.latest > opening.newest
        const shown = hasGrown ? count(filter, each.key, opening.newest) : each.shown
        news += each.shown - shown
        return { ...each, shown, isAlone, isOpen, length: 1 + shown }
      })
      const entries: GroupedEntry[] = []
      let at = 0
      for (const group of placed) {
        if (at >= offset + limit) break
        const from = Math.max(0, offset - at)
        const to = Math.min(group.length, offset + limit - at)
        if (from < to) entries.push(...entriesOf(group, from, to))
        at += group.length
      }
      const total = placed.reduce((sum, { length }) => sum + length, 0)
      return { entries, total, opening, news }

      function entriesOf(group: Placed, from: number, to: number): GroupedEntry[] {
        if (group.isAlone) {
          const [transfer] = rowsOf(request, group, Number.MAX_SAFE_INTEGER, {
            offset: 0,
            limit: 1,
          })
          return transfer === undefined ? [] : [{ kind: 'transfer', transfer, group: undefined }]
        }
        const { key, shown, isOpen } = group
        const known = readRow(groupSchema, selectGroup.get(key), `addition ${key}`)
        const heading: GroupedEntry[] =
          from === 0 ? [{ kind: 'group', group: known, shown, isOpen }] : []
        const window = { offset: Math.max(0, from - 1), limit: to - Math.max(1, from) }
        const rows = window.limit > 0 ? rowsOf(request, group, opening.newest, window) : []
        return [
          ...heading,
          ...rows.map((transfer) => ({ kind: 'transfer', transfer, group: key }) as const),
        ]
      }
    },
    groupSizes() {
      const row = groupSizes.get()
      return { groups: Number(row?.['groups']), largest: Number(row?.['largest']) }
    },
    groupsAtWork: () =>
      atWork
        .all()
        .map((row) => ({ group: Number(row['addition']), transfer: transferFromRow(row) })),
  }
}

function kindsOf(values: Readonly<Record<string, string | number>>) {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('kind')))
}

/** Groups in the order of the list; those that an opening names lead. */
function inOrder(
  groups: readonly Found[],
  { order, descending }: GroupedRequest,
  { firstGroups }: GroupedOpening,
): Found[] {
  const sign = descending ? -1 : 1
  switch (order) {
    case 'name':
      return groups.toSorted(
        (a, b) => sign * (compare(a.label.toLowerCase(), b.label.toLowerCase()) || a.key - b.key),
      )
    case 'size':
      return groups.toSorted((a, b) => sign * (a.bytes - b.bytes || a.key - b.key))
    case 'added':
      return groups.toSorted((a, b) => sign * (a.key - b.key))
    default: {
      const places = new Map(firstGroups.map((key, place) => [key, place]))
      const placeOf = ({ key }: Found) => places.get(key) ?? MOST_FIRST
      return groups.toSorted((a, b) => placeOf(a) - placeOf(b) || b.key - a.key)
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
