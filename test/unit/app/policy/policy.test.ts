import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allowedAccounts } from '#main/app/policy/allowed-accounts.ts'
import { Policy } from '#main/app/policy/policy.ts'
import { policyFile, policyFiles, readPolicy } from '#main/app/policy/read-policy.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { tempFolder } from '../../watch/watch-kit.ts'

const refusal = (code: string) => expect.objectContaining({ code })
const policyOf = (content: object) => Policy.parse(JSON.stringify({ version: 1, ...content }))

describe('a policy file', () => {
  it.each<[string, string]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no version', '{"apps":["cli_a"]}'],
    ['a name that is not known', '{"version":1,"destination":["folder:fldcnA"]}'],
    ['a name that is not known inside', '{"version":1,"limits":{"bandwidth":100000}}'],
    ['an empty list of places', '{"version":1,"destinations":[]}'],
    ['a place that is none', '{"version":1,"destinations":["nonsense"]}'],
    ['a place by its path', '{"version":1,"destinations":["my-space:/项目"]}'],
    ['a limit below any sense', '{"version":1,"limits":{"callsPerDay":1}}'],
  ])('with %s is an error, and never no policy', (_what, text) => {
    expect(() => Policy.parse(text)).toThrow(refusal('policy-invalid'))
  })

  it('lies where the system keeps such files, on Windows not where a variable leads first', () => {
    expect(policyFiles({ platform: 'linux', env: {} })).toEqual(['/etc/feidi/policy.json'])
    expect(policyFiles({ platform: 'darwin', env: {} })).toEqual([
      '/Library/Application Support/Feidi/policy.json',
    ])
    const env = { ProgramData: 'D:\\Mine' }
    expect(policyFiles({ platform: 'win32', env })).toEqual([
      'C:\\ProgramData\\Feidi\\policy.json',
      'D:\\Mine\\Feidi\\policy.json',
    ])
  })
})

describe.skipIf(process.platform === 'win32')('a policy file of this machine', () => {
  const ownerId = process.getuid?.() ?? 0
  const place = { platform: 'linux', env: {}, ownerId } as const

  function writtenPolicy(text = '{"version":1,"apps":["cli_a"]}') {
    const folder = join(tempFolder(), 'feidi')
    mkdirSync(folder, { mode: 0o755 })
    const file = join(folder, 'policy.json')
    writeFileSync(file, text, { mode: 0o644 })
    return { folder, file }
  }

  it('counts when only its owner may write it', () => {
    const { file } = writtenPolicy('\uFEFF{"version":1,"apps":["cli_a"]}')
    expect(readPolicy(place, [file]).content.apps).toEqual(['cli_a'])
    expect(readPolicy(place, [`${file}.none`])).toBe(Policy.none)
    expect(policyFile(place, [`${file}.none`, file])).toBe(file)
    expect(policyFile(place, [`${file}.none`])).toBeUndefined()
  })

  it.each<[string, (written: ReturnType<typeof writtenPolicy>) => void]>([
    ['that others may write', ({ file }) => chmodSync(file, 0o666)],
    ['that the group may write', ({ file }) => chmodSync(file, 0o664)],
    ['in a folder that others may change', ({ folder }) => chmodSync(folder, 0o777)],
    ['that is broken', ({ file }) => writeFileSync(file, '{"version":2}')],
  ])('%s is an error', (_what, spoil) => {
    const written = writtenPolicy()
    spoil(written)
    expect(() => readPolicy(place, [written.file])).toThrow(refusal('policy-invalid'))
  })

  it('that belongs to a person, or is a link, is an error', () => {
    const { folder, file } = writtenPolicy()
    expect(() => readPolicy({ ...place, ownerId: ownerId + 1 }, [file])).toThrow(
      refusal('policy-invalid'),
    )
    const link = join(folder, 'link.json')
    symlinkSync(file, link)
    expect(() => readPolicy(place, [link])).toThrow(refusal('policy-invalid'))
  })
})

describe('the rules', () => {
  it('of apps and servers', () => {
    const policy = policyOf({ apps: ['cli_a'], brand: 'feishu', contact: 'IT' })
    policy.demandApp('cli_a', 'open.feishu.cn')
    for (const [app, host] of [
      ['cli_b', 'open.feishu.cn'],
      [undefined, 'open.feishu.cn'],
      ['cli_a', 'open.larksuite.com'],
      ['cli_a', '127.0.0.1:8080'],
    ] as const) {
      expect(() => policy.demandApp(app, host)).toThrow(refusal('policy-app'))
    }
  })

  it('of places, by their links', () => {
    const policy = policyOf({
      destinations: ['https://x.feishu.cn/drive/folder/fldcnA', 'https://x.feishu.cn/wiki/wikcnB'],
    })
    policy.demandDestination({ kind: 'folder', folderToken: 'fldcnA' })
    policy.demandDestination({ kind: 'docx', documentId: 'doxcnC', wikiNode: 'wikcnB' } as never)
    expect(() => policy.demandDestination({ kind: 'folder', folderToken: 'fldcnB' })).toThrow(
      refusal('policy-destination'),
    )
  })

  it.each([
    ['/home/lin/archive.PST', '*.pst', true],
    ['C:\\Users\\lin\\Secret\\a.txt', 'secret/', true],
    ['\\\\server\\share\\Secret\\a.txt', 'secret/', true],
    ['/home/lin/notes.txt', '*.pst', false],
    ['/home/lin/keep.pst', '*.pst\n!keep.pst', false],
  ])('of files: %s with %s is excluded: %s', (path, patterns, isExcluded) => {
    const policy = policyOf({ exclude: patterns.split('\n') })
    const demand = () => policy.demandFile(path)
    if (isExcluded) expect(demand).toThrow(refusal('policy-excluded'))
    else expect(demand).not.toThrow()
  })

  it('of limits: less is allowed, and more is refused', () => {
    const policy = policyOf({ limits: { bandwidthBytesPerSecond: 1_000_000 } })
    expect(policy.capped('bandwidthBytesPerSecond', undefined)).toBe(1_000_000)
    expect(policy.capped('bandwidthBytesPerSecond', 500_000)).toBe(500_000)
    expect(() => policy.capped('bandwidthBytesPerSecond', 2_000_000)).toThrow(
      refusal('policy-locked'),
    )
    expect(policy.capped('callsPerDay', undefined)).toBeUndefined()
  })

  it('of asking for newer versions lock the setting', () => {
    expect(policyOf({ checkForUpdates: false }).locked).toEqual(['checkForUpdates'])
    expect(Policy.none.locked).toEqual([])
  })
})

it('an app that is not allowed is refused before its secret is kept', async () => {
  const home = tempFolder()
  const store = openAccounts(home, keyFileBox(home))
  const accounts = allowedAccounts(store, policyOf({ apps: ['cli_a'], brand: 'feishu' }))
  const feishu = 'https://open.feishu.cn'
  const apps = [
    { appId: 'cli_b', appSecret: 'not-to-be-kept', baseUrl: feishu },
    { appId: 'cli_a', appSecret: 'not-to-be-kept', baseUrl: 'https://open.larksuite.com' },
  ]
  for (const app of apps) {
    await expect(accounts.addApp(app, 0)).rejects.toThrow(refusal('policy-app'))
    await expect(accounts.keepApp(app)).rejects.toThrow(refusal('policy-app'))
    const signedIn = { person: { openId: 'ou_1', name: 'Lin' }, tokens: {} as never }
    await expect(accounts.addPerson(app, signedIn, 0)).rejects.toThrow(refusal('policy-app'))
  }
  expect(store.list()).toEqual([])
  expect(store.apps()).toEqual([])
  const app = { appId: 'cli_a', appSecret: 'kept', baseUrl: feishu }
  await expect(accounts.addApp(app, 0)).resolves.toMatchObject({ appId: 'cli_a' })
})
