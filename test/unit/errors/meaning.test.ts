import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CATALOGUE, SERVER_ENTRIES } from '#shared/errors/catalogue.ts'
import { codeFor, MEANINGS, means } from '#shared/errors/meaning.ts'

it.each([...MEANINGS])('%s: every code of it is in the catalogue', (_, codes) => {
  expect(codes.filter((code) => !CATALOGUE.has(code))).toEqual([])
})

it('tells what a failure means', () => {
  expect(means({ code: 1061003 }, 'point-gone')).toBe(true)
  expect(means({ code: 1061003 }, 'transaction-over')).toBe(true)
  expect(means({ code: 1061003 }, 'collision')).toBe(false)
  expect(means({ code: codeFor('sign-in-over') }, 'sign-in-over')).toBe(true)
})

it('is asked for by name: no number of Feishu decides outside the way to it', () => {
  const numbers = new Set(SERVER_ENTRIES.map(({ code }) => String(code)))
  const found = ['main', 'renderer'].flatMap(sources).flatMap((path) =>
    numbersIn(readFileSync(path, 'utf8'))
      .filter((number) => numbers.has(number))
      .map((number) => `${path}: ${number}`),
  )
  expect(found).toEqual([])
})

it('finds numbers where they are, and not in comments', () => {
  expect(numbersIn('/** 1061045 */ const a = 1_061_045 // 1\nif (code === 1062507)')).toEqual([
    '1061045',
    '1062507',
  ])
})

/** The sources below a folder, but for the one that knows Feishu's answers. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('main/feishu/'))
}

function numbersIn(source: string): string[] {
  const code = source.replace(/\/\*.*?\*\//gs, '').replace(/(?<!:)\/\/.*$/gm, '')
  return [...code.matchAll(/(?<![\w.])\d[\d_]{3,}/g)].map(([number]) => number.replaceAll('_', ''))
}
