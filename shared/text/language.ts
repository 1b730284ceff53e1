/** The languages Feidi speaks, each by its own name. The texts of a language are the folder of its code. */
export const LANGUAGE_NAMES = { 'zh-CN': '简体中文', en: 'English' } as const

export type Language = keyof typeof LANGUAGE_NAMES

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as [Language, ...Language[]]

/**
 * Returns the language to use for a locale: the one of the same primary language, else English.
 * @param locale as a browser (`zh-TW`) or POSIX (`zh_TW.UTF-8`) writes it
 */
export function languageFor(locale: string | undefined): Language {
  const primary = primaryOf(locale ?? '')
  return LANGUAGES.find((language) => primaryOf(language) === primary) ?? 'en'
}

function primaryOf(locale: string): string {
  return locale.toLowerCase().split(/[-_.@]/, 1)[0] ?? ''
}
