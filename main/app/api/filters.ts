import type { ListFilter, SearchWord } from '#main/store/queue-filters.ts'
import type { QueueWindows } from '#main/store/queue-windows.ts'
import type { QueueFilter } from '#shared/contract/queue-channels.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { LANGUAGES } from '#shared/text/language.ts'
import { placeWords } from '#shared/text/place-words.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'

const MOST_WORDS = 8

/** The filter of a page, and the states that it is about. */
interface Asked extends Pick<ListFilter, 'kinds'>, Omit<QueueFilter, 'tab'> {}

export type FilterOf = (asked: Asked) => ListFilter

/**
 * Creates the translation of what a page asks for into what the store looks for. A rule takes what
 * was uploaded before it was made again as well; of a rule that is gone there is nothing to see.
 */
export function openFilters(
  windows: Pick<QueueWindows, 'destinations'>,
  nameOf: (destination: Destination) => PlaceName,
  rules: () => readonly WatchRule[],
  inUse: () => string | undefined,
): FilterOf {
  return ({ search: text, rule: id, group, criteria, ...others }) => {
    const asked = {
      ...others,
      ...(group !== undefined && { addition: Number(group) }),
      ...(criteria !== undefined && { criteria: criteriaFor(criteria, inUse()) }),
    }
    const search = searchWords(text, windows, nameOf)
    if (id === undefined) return { ...asked, search }
    const rule = rules().find((each) => each.id === id)
    if (rule === undefined) return { ...asked, kinds: [], search }
    return { ...asked, search, place: { folder: rule.folder, destination: rule.destination } }
  }
}

/** A transfer that is marked with no account goes up as the one in use. */
function criteriaFor(
  { account, ...others }: NonNullable<QueueFilter['criteria']>,
  inUse: string | undefined,
): NonNullable<ListFilter['criteria']> {
  if (account === undefined) return others
  return { ...others, accounts: account === inUse ? [account, ''] : [account] }
}

function searchWords(
  text: string,
  windows: Pick<QueueWindows, 'destinations'>,
  nameOf: (destination: Destination) => PlaceName,
): SearchWord[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  const places = windows
    .destinations()
    .map((destination) => ({ destination, label: searchable(destination, nameOf(destination)) }))
  return words.slice(0, MOST_WORDS).map((word) => ({
    text: word,
    destinations: places
      .filter(({ label }) => label.includes(word.toLowerCase()))
      .map(({ destination }) => destination),
  }))
}

/** All that a place may be looked for by: its name, as any page may show it, and its token. */
function searchable(destination: Destination, name: PlaceName): string {
  const words = LANGUAGES.map((language) => placeWords(name, language))
  return [...words, formatDestination(destination)].join('\n').toLowerCase()
}
