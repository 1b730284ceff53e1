import { explain } from '../errors/explain.ts'
import type { PlaceName } from '../model/place-name.ts'
import type { Language } from './language.ts'
import { t } from './t.ts'

const BETWEEN = ' › '

/**
 * Returns what a destination is called: the path of names to it, else its kind and the end of its token.
 * @param below names of folders below it
 */
export function placeWords(
  { kind, space, path, part, tokenEnd }: PlaceName,
  language: Language,
  below: readonly string[] = [],
): string {
  const known = [
    ...(space === null ? [] : [t(language, `place.${space}`)]),
    ...path,
    ...(part === null ? [] : [part]),
  ]
  const words =
    known.length > 0
      ? known
      : [
          t(language, 'place.nameless', {
            kind: t(language, `place.${kind}`),
            end: tokenEnd,
          }),
        ]
  return [...words, ...below].join(BETWEEN)
}

/** Returns why a destination has no name; undefined when it has one. */
export function whyNameless(
  { space, path, unnamed }: PlaceName,
  language: Language,
): string | undefined {
  if (space !== null || path.length > 0) return undefined
  if (unnamed === null) return t(language, 'place.notAsked')
  const { message } = explain({ code: unnamed, atMs: 0 }, language, { final: true })
  return t(language, 'place.unread', { reason: message })
}

/** Returns its name as a hint has it: with the reason where there is none. */
export function placeHint(
  name: PlaceName,
  language: Language,
  below: readonly string[] = [],
): string {
  const why = whyNameless(name, language)
  const words = placeWords(name, language, below)
  return why === undefined ? words : `${words}\n${why}`
}
