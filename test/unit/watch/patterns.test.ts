import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Patterns } from '#main/watch/scan/patterns.ts'
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
    // As the tools really name them.
    '电影.mkv.xltd',
    '电影.mkv.xltd.cfg',
    '电影.bt.xltd',
    'setup.exe.td',
    'setup.exe.td.cfg',
    '资料.zip.baiduyun.p.downloading',
    '资料.zip.downloading.cfg',
    '课程.mp4.qkdownloading',
    'ubuntu.iso.aria2',
    'Unconfirmed 417352.crdownload',
    'notes.txt.crswap',
    'talk.f137.mp4.part',
    'talk.f137.mp4.part-Frag12',
    'talk.f137.mp4.ytdl',
    '001.part.met',
    'a.pdf.opdownload',
    'a.iso.fdmdownload',
    'a.rar.jc!',
    'a.avi.!ut',
    'a.avi.!qB',
    'a.avi.bc!',
    'a.avi.az!',
    'a.zip.filepart',
    '总图.dwl',
    '总图.dwl2',
    '总图_1_1_1234.sv$',
    '总图_1_1_1234.ac$',
    '客户.laccdb',
    '~画册~a1b2c3(.idlk',
    '宣传片.prlock',
    'Photoshop Temp21345678910',
    '.~报表.xlsx',
    '.notes.txt.swp',
    '.notes.txt.swo',
    '.notes.txt.swx',
    '.notes.txt.un~',
    '.notes.txt.kate-swp',
    'notes.txt~',
    'notes.txt.~12~',
    '#notes.txt#',
    '.#notes.txt',
    '.goutputstream-7XKQ81',
    '.nfs000000000123abcd00000001',
    '.fuse_hidden0000a1b200000003',
    '.smbdeleteAAA1b2c3d4',
    'Pictures/.localized',
    '照片/.海边.jpg.icloud',
    'report.docx.nextcloud',
  ])('leave out %s unless told otherwise', (path) => {
    expect(new Patterns(DEFAULT_EXCLUDES).matches(path, false)).toBe(true)
  })

  it.each([
    'Budget.xlsx',
    'console.txt',
    'git.md',
    'communications/x',
    'partial.pdf',
    'RISCVInstrInfo.td',
    'Photoshop Templates/a.psd',
    'Photoshop Temp.psd',
    '旅行~/1.jpg',
    '2026.10.1~/1.jpg',
    '2026.10.1~10.7/1.jpg',
    '晚安~',
    '#旅行#/1.jpg',
    '#1.jpg',
    '#新品发布#海报.jpg',
    '.nfsrc',
    'setup.cfg',
    '.swift',
    'parts/bolt.prt',
    'archive.part1.rar',
    '下载说明.downloading.txt',
    'localized.strings',
    'my.icloud',
    'AC$ price.xlsx',
    'drawing.dwg',
    'drawing.bak',
    'app.lock',
  ])('take %s', (path) => {
    expect(new Patterns(DEFAULT_EXCLUDES).matches(path, false)).toBe(false)
  })

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
