import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Patterns } from '#main/watch/patterns.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { tempFolder } from './watch-kit.ts'

describe('patterns', () => {
  it.each([
    [['*.tmp'], 'a/b/c.tmp', true],
    [['*.tmp'], 'A.TMP', true],
    [['/a.txt'], 'a.txt', true],
    [['/a.txt'], 'sub/a.txt', false],
    [['sub/a.txt'], 'x/sub/a.txt', false],
    [['**/sub/a.txt'], 'x/y/sub/a.txt', true],
    [['build/'], 'build', false],
    [['build/'], 'build/x', true],
    [['a/**/z'], 'a/z', true],
    [['a/**/z'], 'a/b/c/z', true],
    [['a/**'], 'a/b/c', true],
    [['*', '!*.pdf'], 'x.pdf', false],
    [['*', '!*.pdf'], 'x.doc', true],
    [['out/', '!out/keep.txt'], 'out/keep.txt', true],
    [['# a comment'], '# a comment', false],
    [['\\#1'], '#1', true],
    [['[a-c].txt'], 'b.txt', true],
    [['é.txt'], 'e\u0301.txt', true],
    [['报告*'], '报告 2026.docx', true],
  ])('%j on %s: %s', (lines, path, expected) => {
    expect(new Patterns(lines).matches(path, false)).toBe(expected)
  })

  it.each([
    '~$Budget.xlsx',
    'sub/.~lock.odt#',
    'x.crdownload',
    'X.PART',
    '.DS_Store',
    'a/thumbs.db',
    'Desktop.ini',
    '.git/config',
    '$RECYCLE.BIN/S-1/x.doc',
    'System Volume Information/x',
    'nul',
    'COM1',
    '#recycle/x.doc',
  ])('leave out %s unless told otherwise', (path) => {
    expect(new Patterns(DEFAULT_EXCLUDES).matches(path, false)).toBe(true)
  })

  it.each(['Budget.xlsx', 'console.txt', 'git.md', 'communications/x', 'partial.pdf'])(
    'take %s',
    (path) => {
      expect(new Patterns(DEFAULT_EXCLUDES).matches(path, false)).toBe(false)
    },
  )

  it('name the pattern that decides', () => {
    const patterns = new Patterns(['*.tmp', 'cache/'])
    expect(patterns.matchingPattern('a/cache/x', false)).toBe('cache/')
    expect(patterns.matchingPattern('a.tmp', false)).toBe('*.tmp')
    expect(patterns.matchingPattern('a.txt', false)).toBeUndefined()
  })

  it('answer alike however often they are asked', () => {
    const patterns = new Patterns(['*.tmp'])
    for (let time = 0; time < 45_000; time++) patterns.matches(`${time}.txt`, false)
    expect(patterns.matches('x.tmp', false)).toBe(true)
  })
})

const hasGit = spawnSync('git', ['--version']).status === 0

describe.skipIf(!hasGit)('git', () => {
  const segment = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', '?', '[ab]', '**', 'a?')
  const pattern = fc
    .tuple(
      fc.constantFrom('', '!'),
      fc.constantFrom('', '/'),
      fc.array(segment, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '/'),
    )
    .map(([negation, anchor, segments, end]) => negation + anchor + segments.join('/') + end)
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'ba', 'c'), { minLength: 1, maxLength: 3 })
    .map((names) => names.join('/'))

  it('judges as we do', () => {
    const repository = tempFolder()
    execFileSync('git', ['init', '-q', repository])
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(path, { minLength: 1, maxLength: 12 }),
        (lines, paths) => {
          writeFileSync(join(repository, '.gitignore'), `${lines.join('\n')}\n`)
          const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '--stdin'], {
            cwd: repository,
            input: paths.join('\n'),
            encoding: 'utf8',
          })
          const patterns = new Patterns(lines)
          const ours = paths.filter((one) => patterns.matches(one, false))
          expect(ours).toEqual(stdout.split('\n').filter((line) => line !== ''))
        },
      ),
      { numRuns: 150 },
    )
  })
})
