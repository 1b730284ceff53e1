import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fill, holesOf } from '#shared/text/fill.ts'
import { LANGUAGES, languageFor } from '#shared/text/language.ts'
import { TEXTS, t } from '#shared/text/t.ts'
import type { PluralForms } from '#shared/text/words.ts'

describe('t', () => {
  it('chooses the form by the count and groups its figures', () => {
    expect(t('en', 'app.addedFiles', { count: 1 })).toBe('1 file added')
    expect(t('en', 'app.addedFiles', { count: 1_204 })).toBe('1,204 files added')
    expect(t('zh-CN', 'app.addedFiles', { count: 1_204 })).toBe('已添加 1,204 个文件')
  })

  it('takes the values as they are, whatever they contain', () => {
    expect(t('en', 'app.selectRow', { name: '[{name}] $& 8080' })).toBe('Select [{name}] $& 8080')
  })

  it('asks for the values of its text', () => {
    // @ts-expect-error the text names a person
    expect(t('en', 'app.signedInAs')).toBe('Signed in as {name}')
    // @ts-expect-error there is no such text
    expect(t('en', 'app.closed')).toBe('app.closed')
  })
})

it.each(['en/app', 'en/errors', 'zh-CN/app', 'zh-CN/errors'])(
  'no two topics of %s have the same key',
  async (section) => {
    const folder = join(import.meta.dirname, '../../../shared/text', section)
    const topics = readdirSync(folder).filter((name) => name !== 'index.ts')
    const keys = await Promise.all(
      topics.map(async (name): Promise<string[]> => {
        const exported: object = await import(join(folder, name))
        return Object.values(exported).flatMap((texts) => Object.keys(texts))
      }),
    )
    // The later one would take the place of the other, without a word from the compiler.
    const all = keys.flat().sort()
    expect(all.filter((key, at) => all[at - 1] === key)).toEqual([])
  },
)

describe('fill', () => {
  it.each([
    ['Plain.', {}, 'Plain.'],
    ['Wait[ {seconds} s].', { seconds: 4_000 }, 'Wait 4,000 s.'],
    ['Wait[ {seconds} s].', {}, 'Wait.'],
    ['Wait[ {seconds} s].', { seconds: '' }, 'Wait.'],
    ['[{detail}: ]No[ ({scopes})].', { detail: 'a' }, 'a: No.'],
    ['No[: {detail} {scopes}].', { detail: 'a' }, 'No.'],
    // Brackets without a hole are ordinary text, and a value is never read as a text of ours.
    ['Also this? [y/N]', {}, 'Also this? [y/N]'],
    ['No[: {detail}].', { detail: '[{scopes}]', scopes: 'x' }, 'No: [{scopes}].'],
    ['No[: {detail}].', { detail: '$& $1' }, 'No: $& $1.'],
    // Chinese has a space beside figures and Latin letters, and none between its own characters.
    ['预计{when} 完成', { when: '明天 00:02' }, '预计明天 00:02 完成'],
    ['预计{when}完成', { when: '11 月 3 日' }, '预计 11 月 3 日完成'],
    ['按{column}排序', { column: '名称' }, '按名称排序'],
    ['按{column}排序', { column: 'Base' }, '按 Base 排序'],
    ['“{name}”已删除', { name: 'a.txt' }, '“a.txt”已删除'],
  ])('%j with %j is %j', (text, values, filled) => {
    expect(fill(text, values)).toBe(filled)
  })
})

describe('the language', () => {
  it.each([
    ['zh-TW', 'zh-CN'],
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en-GB', 'en'],
    ['C.UTF-8', 'en'],
    ['zha', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('of the locale %s is %s', (locale, language) => {
    expect(languageFor(locale)).toBe(language)
  })
})

describe('the texts of every language', () => {
  const texts = LANGUAGES.map((language) => new Map(textsOf(language)))
  const english = new Map(textsOf('en'))

  it('have the values of the English ones', () => {
    const wrong = texts.flatMap((each) =>
      [...english].filter(
        ([key, forms]) => !sameHoles(forms.at(-1) ?? '', each.get(key)?.at(-1) ?? ''),
      ),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
  })

  it('are all used', () => {
    const sources = ['main', 'renderer', 'shared'].flatMap(sourcesIn).join('\n')
    const unused = [...english.keys()].filter((key) => {
      const [section, name] = key.split('.')
      // The page names its texts without their section.
      if (section === 'app') return !sources.includes(`'${name}'`)
      // Some sections are named by the kind of a state.
      return !sources.includes(key) && !sources.includes(`\`${section}.\${`)
    })
    expect(unused.filter((key) => !key.startsWith('app.engine_'))).toEqual([])
  })
})

/** The texts of a language by key, each with its forms. */
function textsOf(language: 'zh-CN' | 'en'): [string, string[]][] {
  const { errors: _, ...sections } = TEXTS[language]
  return Object.entries(sections).flatMap(([section, texts]) =>
    Object.entries(texts as Readonly<Record<string, string | PluralForms>>).map(
      ([name, text]): [string, string[]] => [
        `${section}.${name}`,
        typeof text === 'string' ? [text] : Object.values(text),
      ],
    ),
  )
}

function sameHoles(one: string, other: string): boolean {
  return holesOf(one).sort().join() === holesOf(other).sort().join()
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .filter(({ parentPath }) => !/shared\/text\/(en|zh-CN)/.test(parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
