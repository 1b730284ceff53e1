import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '#shared/errors/catalogue.ts'
import type { CatalogueEntry } from '#shared/errors/catalogue-entry.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { entryForStatus } from '#shared/errors/unlisted.ts'
import { fill } from '#shared/text/fill.ts'
import { LANGUAGES, type Language } from '#shared/text/language.ts'
import { TEXTS } from '#shared/text/t.ts'
import type { Wording } from '#shared/text/words.ts'

type Text = Readonly<Record<Language, string>>

const UNLISTED = 4242
const ENTRIES: readonly CatalogueEntry[] = [
  ...CATALOGUE.values(),
  ...[undefined, 400, 401, 403, 404, 408, 429, 503].map((s) => entryForStatus(UNLISTED, s)),
]

interface Sample {
  readonly where: string
  readonly text: Text
}

const SAMPLES: readonly Sample[] = Object.keys(TEXTS.en.errors)
  .flatMap((key) =>
    (['message', 'remedy', 'finalRemedy'] as const).flatMap((part) => {
      const text = inBoth((language) => wordingOf(key, language)[part] ?? '')
      return text.en === '' ? [] : [{ where: `${key} ${part}`, text }]
    }),
  )
  .concat({ where: 'try again', text: inBoth((language) => TEXTS[language].failure.tryAgain) })

const ALL_VALUES = {
  seconds: 4,
  scopes: 'drive:file:upload',
  anyScope: 'drive:file:upload',
  detail: 'EACCES',
  link: 'https://a.b',
}

function inBoth(text: (language: Language) => string): Text {
  return { 'zh-CN': text('zh-CN'), en: text('en') }
}

function wordingOf(key: string, language: Language): Wording {
  const wordings: Readonly<Record<string, Wording>> = TEXTS[language].errors
  return wordings[key] ?? { message: '', remedy: '' }
}

/** The texts an entry is told in. */
function textsOf({ code, text }: CatalogueEntry): Record<Language, Wording> {
  const key = String(text ?? code)
  return { 'zh-CN': wordingOf(key, 'zh-CN'), en: wordingOf(key, 'en') }
}

/** A text as a person may see it: nothing known, and everything known. */
function shown(text: Text, language: Language): string[] {
  return [fill(text[language], {}), fill(text[language], ALL_VALUES)]
}

function offenders(isWrong: (sample: Sample) => boolean): string[] {
  return SAMPLES.filter(isWrong).map((sample) => sample.where)
}

describe('every text', () => {
  it('is Chinese in Chinese, with a full stop of its own', () => {
    const wrong = ({ text }: Sample) =>
      shown(text, 'zh-CN').some((line) => !/\p{Script=Han}.*。$/u.test(line))
    expect(offenders(wrong)).toEqual([])
  })

  it('uses full-width punctuation in Chinese', () => {
    const wrong = ({ text }: Sample) =>
      /\p{Script=Han}\s*[,;:!?()"']|[,;:!?()"']\s*\p{Script=Han}/u.test(fill(text['zh-CN'], {}))
    expect(offenders(wrong)).toEqual([])
  })

  it('puts a space between Chinese and Latin or figures', () => {
    const wrong = ({ text }: Sample) =>
      shown(text, 'zh-CN').some((line) => /\p{Script=Han}[\w-]|\w\p{Script=Han}/u.test(line))
    expect(offenders(wrong)).toEqual([])
  })

  it('is English in English, with a capital and a full stop', () => {
    const wrong = ({ text }: Sample) =>
      shown(text, 'en').some(
        (line) => /[\p{Script=Han}，。；：？！（）“”]/u.test(line) || !/^[A-Z].*\.$/.test(line),
      )
    expect(offenders(wrong)).toEqual([])
  })

  it('has neither gaps nor doubled marks, with and without values', () => {
    const wrong = ({ text }: Sample) =>
      [...shown(text, 'zh-CN'), ...shown(text, 'en')].some((line) =>
        /^\s|\s$|\s{2}|\s[.,;:]|[.,;:。，；：][.,;:。，；：]|[{}[\]]/.test(line),
      )
    expect(offenders(wrong)).toEqual([])
  })

  it('never shows a code', () => {
    const codes = [...CATALOGUE.keys()].map(String).filter((code) => /^\d|-/.test(code))
    const wrong = ({ text }: Sample) =>
      Object.values(text).some(
        (line) => codes.some((code) => line.includes(code)) || /\b\d{5,}\b/.test(line),
      )
    expect(offenders(wrong)).toEqual([])
  })

  it('speaks plainly', () => {
    const jargon =
      /\b(node|params?|parameter|token endpoint|HTTP(?!:\/\/)|seq|upload_id|errno|unknown error)\b|节点|参数|未知错误|您/i
    const wrong = ({ text }: Sample) => Object.values(text).some((line) => jargon.test(line))
    expect(offenders(wrong)).toEqual([])
  })

  it('names a value only inside a passage that can be dropped', () => {
    const wrong = ({ text }: Sample) =>
      Object.values(text).some((line) =>
        /[{}[\]]/.test(line.replace(/\[[^[\]]*\{\w+\}[^[\]]*\]/g, '')),
      )
    expect(offenders(wrong)).toEqual([])
  })

  it('fits a card', () => {
    const wrong = ({ text, where }: Sample) => {
      const [zh, en] = where.endsWith('message') ? [50, 130] : [100, 260]
      return text['zh-CN'].length > zh || text.en.length > en
    }
    expect(offenders(wrong)).toEqual([])
  })
})

describe('the remedy', () => {
  it('says that nothing needs doing where Feidi goes on by itself, and only there', () => {
    for (const entry of ENTRIES) {
      const { 'zh-CN': zh, en } = textsOf(entry)
      expect(zh.remedy.startsWith('无需处理，'), String(entry.code)).toBe(entry.actor === 'wait')
      expect(en.remedy.startsWith('No action needed: '), String(entry.code)).toBe(
        entry.actor === 'wait',
      )
    }
  })

  it('for when Feidi has stopped trying asks for something', () => {
    for (const entry of ENTRIES) {
      const { finalRemedy = '' } = textsOf(entry)['zh-CN']
      expect(finalRemedy.startsWith('无需处理'), String(entry.code)).toBe(false)
    }
  })

  it('exists for every code that ends in failure after trying by itself', () => {
    const without = ENTRIES.filter(
      (entry) =>
        entry.actor === 'wait' &&
        entry.afterwards !== undefined &&
        LANGUAGES.some((language) => textsOf(entry)[language].finalRemedy === undefined),
    )
    expect(without.map((entry) => entry.code)).toEqual([])
  })
})

describe('limits', () => {
  it.each([
    [1061008, '250', '250'],
    ['name-too-long', '250', '250'],
    ['file-too-large', '20 MiB', '20 MiB'],
    [1062507, '1500', '1,500'],
    ['folder-full', '1500', '1,500'],
    [1062506, '15', '15'],
    ['folder-too-deep', '15', '15'],
    [1062505, '40 万', '400,000'],
    [1061021, '24', '24'],
    ['transaction-expired', '24', '24'],
    ['daily-quota-used', '10,000', '10,000'],
    ['folder-name-too-long', '256', '256'],
  ] as const)('%s names its limit: %s', (code, zh, en) => {
    expect(allOf(code, 'zh-CN')).toContain(zh)
    expect(allOf(code, 'en')).toContain(en)
  })
})

function allOf(code: ErrorCode, language: Language): string {
  const { message, remedy } = wordingOf(String(code), language)
  return message + remedy
}
