/** Node's substitute for bytes of a name on the disk that are not UTF-8. */
const REPLACEMENT = '\uFFFD'

/**
 * Checks whether a path may stand for a name that is not valid UTF-8. Such a path leads nowhere,
 * while a name that really holds U+FFFD can be opened: only together with "not there" does it mean
 * that bytes were lost.
 */
export function mayHaveLostBytes(path: string): boolean {
  return path.includes(REPLACEMENT)
}
