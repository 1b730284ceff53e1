/** The language of the page, and its texts. */
import { useSyncExternalStore } from 'react'
import type { Brand } from '#shared/model/account.ts'
import { type Language, languageFor } from '#shared/text/language.ts'
import { type TextKey, t, type ValuesFor } from '#shared/text/t.ts'

/** The page's own texts go by their bare name, those that every face shares by their section as well. */
type PageKey<Key = TextKey> = Key extends `app.${infer Name}` ? Name : Key

type FullKey<Key extends PageKey> = Key extends TextKey ? Key : `app.${Key}` & TextKey

/** Returns a text in the language of the page. */
type Say = <Key extends PageKey>(key: Key, ...values: ValuesFor<FullKey<Key>>) => string

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

/** Returns what people call the service of an account. */
export function useServiceName(brand: Brand): string {
  const t = useText()
  return brand === 'lark' ? 'Lark' : t('feishu')
}

/** Returns a text of the page, outside of a component. */
export const say: Say = (key, ...values) => sayIn(current)(key, ...values)

/** The same function for the same language, so that it can be a dependency of a hook. */
function sayIn(language: Language): Say {
  const known = sayings.get(language)
  if (known !== undefined) return known
  const made: Say = (key, ...values) =>
    t(language, (key.includes('.') ? key : `app.${key}`) as FullKey<typeof key>, ...values)
  sayings.set(language, made)
  return made
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
