import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { planUpload } from '#main/engine/plan-upload.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { MaySend } from '#shared/model/sensitive.ts'
import { openTempStores } from '../store/store-kit.ts'
import { tempFolder } from '../watch/watch-kit.ts'

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----'
const SENSITIVE: Readonly<Record<string, string>> = {
  '.ssh/id_ed25519': 'x',
  '.ssh/deploy': 'x',
  'server.pem': `Bag Attributes\n${KEY}\nb3Bl`,
  'tls.key': '-----BEGIN EC PRIVATE KEY-----',
  'putty.PPK': 'x',
  'cert.p12': 'x',
  'project/.env': 'x',
  'project/.env.production': 'x',
  '.npmrc': '//registry.npmjs.org/:_authToken=npm_x',
  '.pypirc': '[pypi]\nusername = __token__\npassword = pypi-x',
  '.netrc': 'x',
  '.git-credentials': 'x',
  '.aws/credentials': 'x',
  '.kube/config': 'x',
  '.gnupg/private-keys-v1.d/AB.key': 'x',
  'wallet.dat': 'x',
  'keystore/UTC--2026-01-01T00-00-00.000000000Z--5aaeb6053f3e94c9b9a09f33669435e7ef1beaed': 'x',
  '密码.kdbx': 'x',
  'Google/Chrome/User Data/Default/Login Data': 'x',
  'Firefox/Profiles/a.default/key4.db': 'x',
}
const ORDINARY: Readonly<Record<string, string>> = {
  '.ssh/id_ed25519.pub': 'x',
  '.ssh/known_hosts': 'x',
  'ca.pem': '-----BEGIN CERTIFICATE-----',
  '演示.key': 'PK a presentation of Keynote',
  'project/.env.example': 'x',
  '.yarnrc': 'registry "https://registry.yarnpkg.com"',
  '.envrc.md': 'x',
  'config/config': 'x',
  'credentials.docx': 'x',
  'keyboard.png': 'x',
  'Cookies/recipe.pdf': 'x',
}

function plan(paths: readonly string[], maySend?: MaySend) {
  const { transfers: store, copies } = openTempStores()
  const options = {
    store,
    copies,
    maySend,
    batchId: 'b',
    again: false,
    clock: systemClock,
    destination: { kind: 'folder', folderToken: 'fldcn' },
    signal: new AbortController().signal,
  } as const
  const outcomes = async () => {
    const kinds = new Map<string, string[]>()
    for await (const chunk of planUpload(paths, options)) {
      for (const planned of chunk) {
        if (planned.kind === 'unchanged') continue
        const { path, state } = planned.transfer
        const code = 'error' in state ? [state.error.code] : []
        kinds.set(path, [planned.kind, state.kind, ...code.map(String)])
      }
    }
    return kinds
  }
  return outcomes()
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

it('keys, passwords and the like are asked about once, and stay here unless allowed', async () => {
  const folder = folderWith({ ...SENSITIVE, ...ORDINARY })
  const refuse = vi.fn<MaySend>(async () => false)
  const outcomes = await plan([folder], refuse)
  expect(refuse).toHaveBeenCalledTimes(1)
  const asked = refuse.mock.calls[0]?.[0].map(({ path }) => path.slice(folder.length + 1))
  expect(asked?.toSorted()).toEqual(Object.keys(SENSITIVE).toSorted())
  for (const name of Object.keys(SENSITIVE)) {
    const refused = ['refused', 'skipped', 'sensitive-file']
    expect(outcomes.get(join(folder, name)), name).toEqual(refused)
  }
  for (const name of Object.keys(ORDINARY)) {
    expect(outcomes.get(join(folder, name)), name).toEqual(['queued', 'queued'])
  }
})

it.each([
  ['the person says so', async () => true],
  ['nobody is to be asked', undefined],
])('they are queued where %s', async (_what, maySend) => {
  const folder = folderWith(SENSITIVE)
  const outcomes = [...(await plan([folder], maySend)).values()]
  expect(outcomes).toHaveLength(Object.keys(SENSITIVE).length)
  expect(outcomes.every(([kind]) => kind === 'queued')).toBe(true)
})

it('a whole home is asked about before it is looked into, and so is what holds it', async () => {
  const home = folderWith({ 'a.txt': 'x' })
  vi.stubEnv('HOME', home)
  vi.stubEnv('USERPROFILE', home)
  expect(homedir()).toBe(home)
  const refuse = vi.fn<MaySend>(async () => false)
  const outcomes = await plan([home, dirname(home)], refuse)
  vi.unstubAllEnvs()
  expect(refuse.mock.calls).toEqual([
    [[{ path: home, kind: 'home-folder' }]],
    [[{ path: dirname(home), kind: 'home-folder' }]],
  ])
  expect(outcomes.size).toBe(2)
  expect(outcomes.get(home)).toEqual(['refused', 'skipped', 'sensitive-file'])
})
