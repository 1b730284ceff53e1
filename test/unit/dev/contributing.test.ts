import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }

const PAGES = ['CONTRIBUTING.md', 'CONTRIBUTING.zh-CN.md', 'SECURITY.md']

/** Returns the text in backticks, one command or name each. */
function quotedIn(page: string): string[] {
  const text = readFileSync(page, 'utf8')
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, code = '']) =>
    code.split('\n'),
  )
  const spans = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)]
  return [...blocks, ...spans.map(([, code = '']) => code)]
}

it.each(PAGES)('%s names only files and folders that exist', (page) => {
  const paths = quotedIn(page)
    .flatMap((quoted) => quoted.split(' '))
    .filter((word) => /^(main|renderer|shared|test|docs|\.ci|\.vscode)\/[\w./-]*[\w]$/.test(word))
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([\w.-]+)\)/g)].map(([, path]) => path)
  const named = [...paths, ...links].filter((path) => path !== undefined)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

it.each(PAGES)('%s names only scripts that exist', (page) => {
  const scripts = quotedIn(page)
    .map((quoted) => /npm run ([\w:]+)|^(test:[\w]+)$/.exec(quoted))
    .flatMap((found) => found?.[1] ?? found?.[2] ?? [])
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([])
})

it('both languages name the same files and scripts', () => {
  const [english, chinese] = PAGES.map(
    (page) => new Set(quotedIn(page).filter((q) => q.includes('/'))),
  )
  expect([...(chinese ?? [])].toSorted()).toEqual([...(english ?? [])].toSorted())
})

it('the pinned Node is the one that scripts use', () => {
  expect(readFileSync('.nvmrc', 'utf8').trim()).toBe(packageJson.devDependencies.node)
})
