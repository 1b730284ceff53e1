import { en } from './en/index.ts'
import { fill, type Values } from './fill.ts'
import type { Language } from './language.ts'
import type { PluralForms, ValuesOf, Wordings, Words } from './words.ts'
import { zhCN } from './zh-CN/index.ts'

type English = typeof en

type Section = Exclude<keyof English, 'errors'>

/** All texts of a language: the sections of English, each with the same keys. */
type Texts = { readonly [Name in Section]: Words<English[Name]> } & {
  readonly errors: Wordings<English['errors']>
}

export const TEXTS: Readonly<Record<Language, Texts>> = { en, 'zh-CN': zhCN }

/** The name of a text: its section and its key, as in `cli.signedOut`. */
export type TextKey = {
  [Name in Section]: `${Name}.${keyof English[Name] & string}`
}[Section]

/** The keys of one section. */
export type KeyIn<Name extends Section> = keyof English[Name] & string

type TextOf<Key extends TextKey> = Key extends `${infer Name extends Section}.${infer Rest}`
  ? English[Name][Rest & keyof English[Name]]
  : never

type Rest<Needed> = Record<never, never> extends Needed ? [values?: Needed] : [values: Needed]

/** The arguments of `t` after a key: none, or the values the text asks for. */
export type ValuesFor<Key extends TextKey> = Rest<ValuesOf<TextOf<Key>>>

const pluralRules = new Map<Language, Intl.PluralRules>()

/** Returns a text in a language, with its values filled in. */
export function t<Key extends TextKey>(
  language: Language,
  key: Key,
  ...[values]: ValuesFor<Key>
): string {
  const [section, name] = key.split('.', 2) as [Section, string]
  const texts = TEXTS[language][section] as Readonly<Record<string, string | PluralForms>>
  const text = texts[name] ?? key
  const given = (values ?? {}) as Values
  return fill(typeof text === 'string' ? text : formFor(given['count'], text, language), given)
}

function formFor(count: unknown, forms: PluralForms, language: Language): string {
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(language)
  pluralRules.set(language, rules)
  return forms[rules.select(Number(count))] ?? forms.other
}
