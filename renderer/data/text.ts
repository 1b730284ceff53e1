/** The language of the page, and its texts. */
import { useSyncExternalStore } from 'react'
import { type Language, languageFor } from '#shared/text/language.ts'
import { type TextKey, t, type ValuesFor } from '#shared/text/t.ts'

type AppKey = TextKey extends infer Key ? (Key extends `app.${infer Name}` ? Name : never) : never

/** Returns a text of the page in its language. */
type Say = <Key extends AppKey>(key: Key, ...values: ValuesFor<`app.${Key}`>) => string

let current = languageFor(navigator.language)
const listeners = new Set<() => void>()
const sayings = new Map<Language, Say>()

/** Shows the page in another language at once. */
export function setLanguage(language: Language): void {
  if (language === current) return
  current = language
  for (const listener of listeners) listener()
}

export function currentLanguage(): Language {
  return current
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage)
}

/** Returns what says the texts of the page; a component is drawn again when the language changes. */
export function useText(): Say {
  return sayIn(useLanguage())
}

/** Returns a text of the page, outside of a component. */
export const say: Say = (key, ...values) => sayIn(current)(key, ...values)

/** The same function for the same language, so that it can be a dependency of a hook. */
function sayIn(language: Language): Say {
  const known = sayings.get(language)
  if (known !== undefined) return known
  const made: Say = (key, ...values) => t(language, `app.${key}`, ...values)
  sayings.set(language, made)
  return made
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
