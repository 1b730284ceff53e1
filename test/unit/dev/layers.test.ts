import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Rule {
  readonly name: string
  readonly from: { readonly path?: string }
  readonly to: { readonly pathNot?: readonly string[] }
}

const { forbidden } = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as {
  forbidden: readonly Rule[]
}

/** The table of docs/architecture.md: folder -> folders and files it may import besides itself. */
const [, picture = ''] = readFileSync('docs/architecture.md', 'utf8').split(/^## .*$/m)
const STATED = new Map(
  [...picture.matchAll(/^\| `([^`]+)` \|[^|]+\|([^|]*)\|$/gm)].map(
    ([, folder = '', allowed = '']) => [folder, namesIn(allowed)] as const,
  ),
)

/** The lines of the drawing, each with its folders; and where its arrows lead. */
const LINES = (picture.split('```')[1] ?? '')
  .split('\n')
  .map((line) => [...line.matchAll(/(?:main\/\w+|renderer|shared)(?=\s|$)/g)].map(([name]) => name))
const ARROWS = new Set(
  [...picture.matchAll(/(main\/\w+) ─► (main\/\w+)/g)].map(([, from, to]) => `${from} ${to}`),
)

const lineOf = (folder: string) => LINES.findIndex((folders) => folders.includes(folder))

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).sort()
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** Paths that the sources of a folder import, of ours and outside of it. */
function importsOf(folder: string): Set<string> {
  const files = globSync(`${folder}/**/*.{ts,tsx}`)
  const paths = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from|import\(|^import) ?'([#.][^']+)'/gm)].map(
      ([, name = '']) =>
        name.startsWith('#') ? name.slice(1) : normalize(join(dirname(file), name)),
    ),
  )
  return new Set(
    paths.map((path) => path.replaceAll('\\', '/')).filter((path) => !isIn(path, folder)),
  )
}

it('docs/architecture.md names every folder', () => {
  const [, , folders = ''] = readFileSync('docs/architecture.md', 'utf8').split(/^## .*$/m)
  const named = new Set(namesIn(folders).flatMap((name) => name.split('/')))
  const there = globSync('{main,renderer,shared}/**/').flatMap((path) => path.split(/[\\/]/))
  const ofSystems = ['mac', 'linux', 'windows', 'zh_CN.lproj', 'main', '']
  expect(there.filter((name) => !named.has(name) && !ofSystems.includes(name))).toEqual([])
})

describe('the layers that docs/architecture.md states', () => {
  it('are those of all folders', () => {
    const folders = globSync('main/*/').map((path) => path.replaceAll('\\', '/').replace(/\/$/, ''))
    const product = folders.filter((folder) => folder !== 'main/dev')
    expect([...STATED.keys()].sort()).toEqual([...product, 'renderer', 'shared'].sort())
  })

  it('are those of the drawing', () => {
    expect(LINES.flat().sort()).toEqual([...STATED.keys()].sort())
    const imports = [...STATED].flatMap(([from, allowed]) => {
      const to = allowed.flatMap((path) => [...STATED.keys()].filter((name) => isIn(path, name)))
      return [...new Set(to)].map((folder) => ({ from, to: folder }))
    })
    const upward = imports.filter(({ from, to }) => lineOf(to) <= lineOf(from))
    expect(upward.map(({ from, to }) => `${from} ${to}`)).toEqual([...ARROWS])
  })

  it.each([...STATED])('of %s are the rules of the linter', (folder, allowed) => {
    const rule = forbidden.find(({ from }) => from.path === `^${folder}/`)
    const own = new RegExp(`^\\^${folder}$`)
    const ruled = rule?.to.pathNot?.filter((path) => !own.test(path)) ?? []
    const names = ruled.map((path) => path.replace(/^\^/, '').replaceAll('\\.', '.'))
    expect([...new Set(names)].sort()).toEqual(allowed)
  })

  it.each([...STATED])('of %s are what it imports, and nothing less', (folder, allowed) => {
    const used = [...importsOf(folder)]
    expect(used.filter((path) => !allowed.some((name) => isIn(path, name)))).toEqual([])
    expect(allowed.filter((name) => !used.some((path) => isIn(path, name)))).toEqual([])
  })
})
