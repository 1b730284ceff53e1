import type { QueueWindows, SearchWord, WindowRequest } from '#main/store/queue-windows.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

const MOST_WORDS = 8

/** The filter of a page, and the states that it is about. */
interface Asked extends Pick<WindowRequest, 'kinds'> {
  readonly search: string
  /** Only files of this watched folder. */
  readonly rule?: string | undefined
}

export type FilterOf = (asked: Asked) => Pick<WindowRequest, 'kinds' | 'search' | 'place'>

/**
 * Creates the translation of what a page asks for into what the store looks for. A rule takes what
 * was uploaded before it was made again as well; of a rule that is gone there is nothing to see.
 */
export function openFilters(
  windows: Pick<QueueWindows, 'destinations'>,
  labelOf: (destination: Destination) => string,
  rules: () => readonly WatchRule[],
): FilterOf {
  return ({ kinds, search: text, rule: id }) => {
    const search = searchWords(text, windows, labelOf)
    if (id === undefined) return { kinds, search }
    const rule = rules().find((each) => each.id === id)
    if (rule === undefined) return { kinds: [], search }
    return { kinds, search, place: { folder: rule.folder, destination: rule.destination } }
  }
}

function searchWords(
  text: string,
  windows: Pick<QueueWindows, 'destinations'>,
  labelOf: (destination: Destination) => string,
): SearchWord[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  const places = windows
    .destinations()
    .map((destination) => ({ destination, label: labelOf(destination).toLowerCase() }))
  return words.slice(0, MOST_WORDS).map((word) => ({
    text: word,
    destinations: places
      .filter(({ label }) => label.includes(word.toLowerCase()))
      .map(({ destination }) => destination),
  }))
}
