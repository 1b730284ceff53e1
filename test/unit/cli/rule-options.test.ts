import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addRuleOptions, readRuleOptions } from '#main/cli/rule-options.ts'
import { optionsOf } from '#main/cli/rule-words.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

function read(...words: string[]) {
  const command = addRuleOptions(new Command(), 'en').exitOverride()
  command.configureOutput({ writeErr: () => {} }).parse(words, { from: 'user' })
  return readRuleOptions(command.opts())
}

const RULE: WatchRule = {
  ...WATCH_RULE_DEFAULTS,
  ...{ id: 'a', folder: '/f', createdAtMs: 1 },
  destination: { kind: 'folder', folderToken: 't' },
}

describe('the options of a rule', () => {
  it('say nothing about what is not said', () => {
    expect(read()).toEqual({})
  })

  it.each<[string[], Partial<WatchRule>]>([
    [['--include', '*.a', '--include', '*.b'], { include: ['*.a', '*.b'] }],
    [['--exclude', '*.a'], { exclude: [...DEFAULT_EXCLUDES, '*.a'] }],
    [['--only-new'], { initialFiles: 'only-new' }],
    [['--flatten'], { subfolders: 'flatten' }],
    [['--on-change', 'overwrite'], { onChange: 'overwrite' }],
    [['--on-change', 'ignore'], { onChange: 'ignore' }],
    [['--on-vanished', 'again'], { onVanished: 'again' }],
    [['--settle', '5s'], { settleMs: 5_000 }],
    [['--min-size', '1024'], { minimumBytes: 1024 }],
    [['--max-size', '2048'], { maximumBytes: 2048 }],
    [['--no-recursive'], { recursive: false }],
    [['--follow-links'], { followLinks: true }],
    [['--allow-sensitive'], { allowSensitive: true }],
    [['--dedupe'], { dedupe: true }],
    [['--overflow'], { overflowFolders: true }],
    [['--poll'], { noticing: 'polling' }],
    [['--share-with', 'li@example.com'], { shareWith: 'li@example.com' }],
    [
      ['--as-document', '*.md', '--as-document', 'a/'],
      { asDocument: { patterns: ['*.md', 'a/'] } },
    ],
    [
      ['--as-document', '*', '--tables', 'base', '--or-file'],
      { asDocument: { tables: 'bitable', orFile: true, patterns: ['*'] } },
    ],
  ])('%j are read, and written the same way', (words, wishes) => {
    expect(read(...words)).toEqual(wishes)
    expect(optionsOf({ ...RULE, ...wishes }, undefined).join(' ')).toBe(words.join(' '))
  })

  it.each<[string[], Partial<WatchRule>]>([
    [['--on-change', 'again'], { onChange: 'upload-again' }],
    [['--no-only-new'], { initialFiles: 'upload' }],
    [['--recursive'], { recursive: true }],
    [['--no-poll'], { noticing: 'events' }],
    [['--no-share-with'], { shareWith: undefined }],
    [['--no-as-document'], { asDocument: undefined }],
    [['--settle', '1m', '--max-size', '2G'], { settleMs: 60_000, maximumBytes: 2 * 1024 ** 3 }],
  ])('%j change a stored rule back', (words, wishes) => {
    expect(read(...words)).toEqual(wishes)
  })

  it.each([
    ['--on-change', 'maybe', 'again, overwrite, ignore'],
    ['--on-change', 'toString', 'again, overwrite, ignore'],
    ['--on-vanished', 'maybe', 'tell, again'],
    ['--settle', 'soon', '3s'],
    ['--min-size', 'small', '10K'],
    ['--share-with', 'Li', 'name@example.com'],
  ])('%s %s is refused, and it is said what would do', (option, value, allowed) => {
    expect(() => read(option, value)).toThrow(new RegExp(`usage.*${option} ${value}.*${allowed}`))
  })
})
