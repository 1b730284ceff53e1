import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  changeOf,
  type ImportPlace,
  importRules,
  planOf,
  portableText,
  readPortable,
} from '#main/app/portable.ts'
import { openRules } from '#main/store/rule-store.ts'
import { appSettingsSchema } from '#shared/contract/settings-schema.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { errorThrownBy, makeTempFolder } from '#test/unit/store/store-kit.ts'

const DEFAULTS = appSettingsSchema.parse({})
const SECRET = 'rediss://:hunter2@limits.example.com'
const OLD = appSettingsSchema.parse({
  ...{ language: 'zh-CN', bandwidthBytesPerSecond: 2_000_000, caFile: '/etc/evil.pem' },
  ...{ limits: { callsPerDay: 500, shared: SECRET }, startAtLogin: true, welcomed: true },
})

/** The rules of one computer, as the text of a file. */
function exported(...folders: string[]): string {
  const rules = openRules(makeTempFolder())
  for (const folder of folders) {
    rules.add(
      {
        ...{ ...WATCH_RULE_DEFAULTS, folder, realFolder: folder, account: 'user:ou_x@cli_y@host' },
        destination: { kind: 'folder', folderToken: 'fldcnA' },
        ...{ enabled: true, shareWith: 'boss@example.com', maximumBytes: 10 },
      },
      1,
    )
  }
  return portableText(OLD, rules.list())
}

/** Another computer, where anything but `/forbidden` may be watched. */
function place(): ImportPlace {
  const home = makeTempFolder()
  const admit = async (folder: string) => {
    if (folder.startsWith('/forbidden')) throw new TransferError('folder-not-allowed')
    return folder
  }
  return { home, rules: openRules(home), account: 'app:cli_z@host', admit, nowMs: 5 }
}

function changed(text: string, change: (file: Record<string, unknown>) => void): string {
  const file = JSON.parse(text) as Record<string, unknown>
  change(file)
  return JSON.stringify(file)
}

describe('a file of settings', () => {
  it('holds nothing secret, and nothing that decides whom Feidi trusts', () => {
    const text = exported('/home/lin/work')
    for (const word of ['hunter2', 'evil.pem', 'ou_x', 'cli_y', 'shared', 'welcomed', 'enabled']) {
      expect(text).not.toContain(word)
    }
    const plan = planOf(readPortable(text), DEFAULTS, [])
    expect(plan.settings).toEqual(['language', 'bandwidthBytesPerSecond'])
    expect(plan.rules).toEqual([
      {
        ...{ folder: '/home/lin/work', destination: 'folder:fldcnA' },
        ...{ shareWith: 'boss@example.com', allowSensitive: false },
      },
    ])
    expect(changeOf(readPortable(text), plan)).toEqual({
      ...{ language: 'zh-CN', bandwidthBytesPerSecond: 2_000_000 },
    })
  })

  it('leaves alone the settings that are locked here', () => {
    const file = readPortable(exported())
    const plan = planOf(file, DEFAULTS, ['bandwidthBytesPerSecond'])
    expect(changeOf(file, plan)).toEqual({ language: 'zh-CN' })
  })

  const rule = (more: object) => (text: string) =>
    changed(text, (file) => {
      file['rules'] = [{ ...(file['rules'] as object[])[0], ...more }]
    })
  const having = (part: string, value: unknown) => (text: string) =>
    changed(text, (file) => {
      file[part] = value
    })
  it.each<[string, (text: string) => string]>([
    ['no JSON', () => 'feidi: settings'],
    ['nothing', () => 'null'],
    ['another kind of file', having('kind', 'other')],
    ['a later version', having('version', 2)],
    ['a certificate', having('settings', { caFile: '/tmp/evil.pem' })],
    ['a server', having('baseUrl', 'https://evil.example.com')],
    ['a rule that would begin at once', rule({ enabled: true })],
    ['a rule of somebody’s account', rule({ account: 'app:cli_evil@host' })],
    ['a person that is none', rule({ shareWith: '<script>' })],
    ['a key of the prototype', (text) => text.replace('"version"', '"__proto__": {}, "version"')],
    ['too many rules', having('rules', Array(501).fill({}))],
    ['too much', () => ' '.repeat(1_000_001)],
  ])('is refused with %s', (_, spoiled) => {
    const text = spoiled(exported('/home/lin/work'))
    expect(errorThrownBy(() => readPortable(text)).code).toBe('settings-file-invalid')
  })
})

describe('rules of a file', () => {
  it('arrive paused, for the account here, and again only once', async () => {
    const folder = realpathSync(makeTempFolder())
    const here = place()
    const file = readPortable(exported(folder))
    const { added, refused } = await importRules(file, here)
    expect(refused).toEqual([])
    expect(here.rules.list()).toEqual(added)
    expect(added).toMatchObject([
      {
        ...{ folder, enabled: false, account: here.account, shareWith: 'boss@example.com' },
        destination: { kind: 'folder', folderToken: 'fldcnA' },
      },
    ])
    here.rules.update(added[0]?.id ?? '', { enabled: true })
    const again = await importRules(file, here)
    expect(again.added).toEqual([])
    expect(again.refused).toHaveLength(1)
    // A rule at work is never paused by a file.
    expect(here.rules.list()).toMatchObject([{ enabled: true }])
  })

  it('are refused one by one where they cannot be, with the reason', async () => {
    const here = place()
    mkdirSync(join(here.home, 'logs'))
    const good = realpathSync(makeTempFolder())
    const folders = ['/forbidden/etc', here.home, join(good, 'gone'), good]
    const file = readPortable(exported(...folders))
    const relative = { ...file, rules: [...file.rules, { ...file.rules[0], folder: 'x' }] }
    const { added, refused } = await importRules(relative as typeof file, here)
    expect(added.map(({ folder }) => folder)).toEqual([good])
    expect(refused.map(({ error }) => error.code)).toEqual([
      ...[
        'folder-not-allowed',
        'rule-folder-holds-home',
        'rule-folder-missing',
        'folder-not-allowed',
      ],
    ])
  })
})
