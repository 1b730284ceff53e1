/** What Node puts where a name on the disk has bytes that are no UTF-8. */
const REPLACEMENT = '\uFFFD'

/**
 * Whether a path may stand for a name that is no valid UTF-8. Such a path leads nowhere, while a name that
 * really holds U+FFFD can be opened: only together with "not there" does it mean that bytes were lost.
 */
export function mayHaveLostBytes(path: string): boolean {
  return path.includes(REPLACEMENT)
}
