import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { copyDocuments } from '#main/dev/pack/make-package.ts'
import { tempFolder } from '../watch/watch-kit.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The pages that describe Feidi as it is today. Decisions are history and may name older paths. */
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
].filter((page) => page.endsWith('.md'))

const PATH_IN_BACKTICKS = /`((?:main|renderer|shared|test|docs)\/[\w./-]*)`/g
const LINK = /\]\(([^)\s]+)\)/g
const FENCED = /^ *```.*?^ *```/gms

it.each(PAGES)('%s names only files and headings that exist', (page) => {
  const text = read(page)
  const paths = matches(text, PATH_IN_BACKTICKS)
  const links = matches(text, LINK).filter((link) => !/^[a-z]+:/.test(link))
  const missing = [
    ...paths.filter((path) => !existsSync(join(ROOT, path))),
    ...links.filter((link) => !leadsSomewhere(page, link)),
  ]
  expect(missing).toEqual([])
})

it('the links of the npm package stay within it', () => {
  const folder = tempFolder()
  copyDocuments(folder)
  const pages = globSync('**/*.md', { cwd: folder })
  expect(pages).toContain('README.md')
  const missing = pages.flatMap((page) =>
    matches(readFileSync(join(folder, page), 'utf8').replaceAll(FENCED, ''), LINK)
      .filter((link) => !/^([a-z]+:|#)/.test(link))
      .map((link) => join(dirname(page), decodeURI(link).split('#')[0] ?? ''))
      .filter((path) => !existsSync(join(folder, path))),
  )
  expect(missing).toEqual([])
})

const TRANSLATED = [
  ...readdirSync(ROOT),
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
].filter((page) => page.endsWith('.zh-CN.md'))

/** Returns what a translation keeps: levels of headings, rows of tables, commands, pictures. */
function shapeOf(page: string) {
  const text = read(page)
  const prose = text.replaceAll(FENCED, '')
  const commands = (text.match(FENCED) ?? []).map((block) =>
    block
      .replaceAll(/ +#.*|[^\x20-\x7e\n]+/g, '')
      .split('\n')
      .map((line) => line.split(' ')[0]),
  )
  return {
    headings: matches(prose, /^(#+) /gm),
    rows: matches(prose, /^\|/gm).length,
    commands,
    pictures: matches(prose, /!\[[^\]]*\]\(([\w/.-]+)-(?:en|zh)\.png\)/g),
  }
}

it.each(TRANSLATED)('%s says as much as the English page', (page) => {
  expect(shapeOf(page)).toEqual(shapeOf(page.replace('.zh-CN', '')))
})

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(ROOT, target))) return false
  return anchor === undefined || anchorsOf(read(target)).includes(anchor)
}

/** Returns the anchors GitHub gives to headings: lower case, without punctuation, hyphens for spaces. */
function anchorsOf(text: string): string[] {
  return matches(text.replaceAll(FENCED, ''), /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function matches(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, found]) => found ?? '')
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}
