import type { RequestOutput } from '#shared/contract/contract.ts'

export type Listing = RequestOutput<'folders.browse'>
export type Entry = Listing['entries'][number]

export type OrderBy = 'name' | 'size' | 'time'

export interface Order {
  readonly by: OrderBy
  readonly isDescending: boolean
}

/** The order after a click on a column: names begin with A, sizes and times with the largest. */
export function nextOrder(order: Order, by: OrderBy): Order {
  return order.by === by
    ? { by, isDescending: !order.isDescending }
    : { by, isDescending: by !== 'name' }
}

/** Returns the entries whose names hold a text, in an order; folders stay before files. */
export function arranged(
  entries: readonly Entry[],
  { by, isDescending }: Order,
  filter: string,
): readonly Entry[] {
  const wanted = filter.trim().toLowerCase()
  const sign = isDescending ? -1 : 1
  const names = new Intl.Collator(undefined, { numeric: true })
  const compare = (a: Entry, b: Entry): number => {
    if (by === 'size' && a.sizeBytes !== b.sizeBytes) return sign * (a.sizeBytes - b.sizeBytes)
    if (by === 'time' && a.modifiedAtMs !== b.modifiedAtMs) {
      return sign * (a.modifiedAtMs - b.modifiedAtMs)
    }
    return (by === 'name' ? sign : 1) * names.compare(a.name, b.name)
  }
  return entries
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder') || compare(a, b))
}

export interface Crumb {
  readonly label: string
  readonly path: string
}

/** Returns the folders from where browsing may begin to the open one, which is the last. */
export function crumbsOf({ path, roots }: Pick<Listing, 'path' | 'roots'>): readonly Crumb[] {
  const separator = path.includes('\\') ? '\\' : '/'
  const root = roots
    .filter((each) => isAt(path, each.path, separator))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
  if (root === undefined) return [{ label: path, path }]
  const names = path
    .slice(root.path.length)
    .split(separator)
    .filter((name) => name !== '')
  const start = root.path.endsWith(separator) ? root.path : root.path + separator
  const further = names.map((label, index) => ({
    label,
    path: start + names.slice(0, index + 1).join(separator),
  }))
  return [root, ...further]
}

function isAt(path: string, root: string, separator: string): boolean {
  return path === root || path.startsWith(root.endsWith(separator) ? root : root + separator)
}
