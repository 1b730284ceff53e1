/** The qualities of files that a person filters the queue by, and the address that keeps them. */
import type { QueueFilter, Tab } from '#shared/contract/queue-channels.ts'
import { FILE_TYPES, type FileType } from '#shared/transfer/file-type.ts'
import { TABS } from './tabs.ts'

const MIB = 1_024 ** 2
/** Up to here a file is sent in one call. */
const ONE_CALL_BYTES = 20 * MIB
const DAY = { today: 0, week: 6, month: 29 } as const

/** The sizes to choose from, each from `least` bytes up to `below`. */
export const SIZES = {
  tiny: { below: MIB },
  small: { least: MIB, below: ONE_CALL_BYTES },
  large: { least: ONE_CALL_BYTES, below: 1_024 * MIB },
  huge: { least: 1_024 * MIB },
} as const

export const ADDED = ['today', 'week', 'month', 'earlier'] as const

export type SizeChoice = keyof typeof SIZES
export type AddedChoice = (typeof ADDED)[number]

export interface Criteria {
  /** Any of these; empty: all. */
  readonly types: readonly FileType[]
  readonly size?: SizeChoice | undefined
  readonly added?: AddedChoice | undefined
  /** The identity of the account. */
  readonly account?: string | undefined
}

export const NO_CRITERIA: Criteria = { types: [] }

/** Returns how many of them are set. */
export function criteriaCount({ types, size, added, account }: Criteria): number {
  return types.length + [size, added, account].filter((each) => each !== undefined).length
}

/** Returns what the host is asked for; days begin at midnight here. */
export function criteriaFilter(
  { types, size, added, account }: Criteria,
  now = new Date(),
): QueueFilter['criteria'] {
  const bounds: { least?: number; below?: number } = size === undefined ? {} : SIZES[size]
  const month = daysAgo(now, DAY.month)
  const filter = {
    ...(types.length > 0 && { types: [...types] }),
    ...(bounds.least !== undefined && { atLeastBytes: bounds.least }),
    ...(bounds.below !== undefined && { belowBytes: bounds.below }),
    ...(added === 'earlier' && { addedBeforeMs: month }),
    ...(added !== undefined && added !== 'earlier' && { addedFromMs: daysAgo(now, DAY[added]) }),
    ...(account !== undefined && { account }),
  }
  return Object.keys(filter).length > 0 ? filter : undefined
}

function daysAgo(now: Date, days: number): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime()
}

/** The part of the list in sight that an address keeps: the same in another tab shows the same. */
interface Shared {
  readonly tab: Tab
  readonly search: string
  readonly criteria: Criteria
}

/** Returns the query of an address; empty where it would say nothing. */
export function queryOf({ tab, search, criteria }: Shared): string {
  const { types, size, added, account } = criteria
  const query = new URLSearchParams({
    ...(tab !== 'all' && { tab }),
    ...(search !== '' && { q: search }),
    ...(types.length > 0 && { type: types.join(' ') }),
    ...(size !== undefined && { size }),
    ...(added !== undefined && { added }),
    ...(account !== undefined && { account }),
  })
  return query.toString()
}

/** Reads what `queryOf` wrote; an address may be typed by anybody. */
export function readQuery(query: string): Shared {
  const given = new URLSearchParams(query)
  const types = given.get('type')?.split(' ') ?? []
  const size = given.get('size')
  const account = given.get('account')?.slice(0, 400)
  return {
    tab: TABS.find((each) => each === given.get('tab')) ?? 'all',
    search: given.get('q')?.slice(0, 200) ?? '',
    criteria: {
      types: FILE_TYPES.filter((type) => types.includes(type)),
      size: (Object.keys(SIZES) as SizeChoice[]).find((each) => each === size),
      added: ADDED.find((each) => each === given.get('added')),
      account: account === '' ? undefined : account,
    },
  }
}
