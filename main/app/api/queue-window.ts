import type { GroupedOpening, GroupOrder } from '#main/store/grouped-windows.ts'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import { placeWords } from '#shared/text/place-words.ts'
import type { AppParts } from './parts.ts'
import { TAB_KINDS } from './tabs.ts'

type Asked = RequestInput<'queue.window'>
type Window = RequestOutput<'queue.window'>
type WindowParts = Pick<
  AppParts,
  'stores' | 'publisher' | 'filterOf' | 'row' | 'groups' | 'destinations' | 'moving' | 'clock'
>

/** A single group of more files than this is a group; of fewer, the files say more. */
const LONG = 1_000

/** Groups have neither a time of their end nor a place in the queue. */
const GROUP_ORDERS: Readonly<Record<Asked['sort']['by'], GroupOrder>> = {
  queue: 'recent',
  recent: 'recent',
  end: 'recent',
  name: 'name',
  size: 'size',
  added: 'added',
  progress: 'progress',
  state: 'state',
  // All files of a group go to one place, and few of them move.
  destination: 'recent',
  speed: 'recent',
}

/** Answers for one window of the queue, with groups or without. */
export function queueWindow(parts: WindowParts, asked: Asked): Window {
  const { groups } = asked
  const isGrouped =
    groups !== undefined &&
    (groups.mode === 'grouped' || (groups.mode === 'auto' && isGroupedNow(parts, asked)))
  return isGrouped ? groupedWindow(parts, asked, groups) : flatWindow(parts, asked)
}

/** A list that is being read keeps its shape. */
function isGroupedNow(parts: WindowParts, { opening }: Asked): boolean {
  return opening === undefined ? isWorthGrouping(parts) : opening.newestGroup !== undefined
}

/** Groups make a list shorter when some of them have several files. */
function isWorthGrouping({ stores }: WindowParts): boolean {
  const { groups, largest } = stores.groups.groupSizes()
  return largest > LONG || (groups > 1 && largest > 1)
}

function flatWindow(
  parts: WindowParts,
  { tab, sort, opening, offset, limit, groups: _, ...filter }: Asked,
): Window {
  const { stores, publisher, filterOf, row } = parts
  const window = { ...filterOf({ ...filter, kinds: TAB_KINDS[tab] }), offset, limit }
  const { revision } = publisher
  if (sort.by === 'recent' || sort.by === 'end') {
    const { transfers, ...rest } = stores.windows.opened({ ...window, order: sort.by, opening })
    return { rows: transfers.map(row), isGrouped: false, ...rest, revision }
  }
  const descending = sort.direction === 'descending'
  const ranks = ranksFor(sort.by, parts)
  const { transfers, total } = stores.windows.page({ ...window, order: sort.by, descending, ranks })
  const rows = transfers.map(row)
  return { rows, isGrouped: false, total, opening: null, news: 0, revision }
}

/** Names of places and speeds are known here, and not to the store. */
function ranksFor(
  by: Asked['sort']['by'],
  { stores, destinations, moving, clock }: WindowParts,
): Record<string, number> {
  if (by === 'speed') {
    const steadyMs = clock.steadyMs()
    const atWork = stores.groups.groupsAtWork().map(({ transfer }) => transfer.id)
    return Object.fromEntries(atWork.map((id) => [id, moving.bytesPerSecondOf(id, steadyMs)]))
  }
  if (by !== 'destination') return {}
  const named = stores.windows.destinations().map((destination) => ({
    text: JSON.stringify(destination),
    name: placeWords(destinations.nameOf(destination), 'zh-CN'),
  }))
  named.sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(named.map(({ text }, place) => [text, place]))
}

function groupedWindow(
  { stores, publisher, filterOf, row, groups: view }: WindowParts,
  { tab, sort, opening, offset, limit, groups: _, ...filter }: Asked,
  { unfolded, except }: NonNullable<Asked['groups']>,
): Window {
  const { entries, total, news, ...page } = stores.groups.grouped({
    filter: filterOf({ ...filter, kinds: TAB_KINDS[tab] }),
    order: GROUP_ORDERS[sort.by],
    descending: sort.direction === 'descending',
    ...{ unfolded, offset, limit },
    except: new Set(except.map(Number)),
    opening: openingOf(opening),
  })
  const groupRow = view.rows()
  const rows = entries.map((entry) => {
    if (entry.kind === 'group') return groupRow(entry.group, entry.shown, entry.isOpen)
    const { transfer, group } = entry
    return { ...row(transfer), ...(group !== undefined && { inGroup: String(group) }) }
  })
  const { newest, newestGroup, firstGroups } = page.opening
  const told = { newest, newestGroup, firstGroups: [...firstGroups], lastEndMs: 0, first: [] }
  return { rows, isGrouped: true, total, opening: told, news, revision: publisher.revision }
}

/** An opening of the list without groups says nothing about them. */
function openingOf(opening: Asked['opening']): GroupedOpening | undefined {
  if (opening?.newestGroup === undefined || opening.firstGroups === undefined) return undefined
  const { newest, newestGroup, firstGroups } = opening
  return { newest, newestGroup, firstGroups }
}
