import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAccounts } from '#main/store/account-store.ts'
import { desktopBox, keyFileBox, type SecretBox } from '#main/store/secret-box.ts'
import type { UserTokens } from '#shared/model/account.ts'
import { makeTempFolder } from './store-kit.ts'

const APP = { appId: 'cli_a', appSecret: 'app-secret-42', baseUrl: 'https://open.feishu.cn' }
const TOKENS: UserTokens = {
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  lifeMs: 7_200_000,
  askedAtMs: 1,
  clockOffsetMs: 0,
  scopes: ['offline_access'],
}
const LI = { openId: 'ou_li', name: '李雷' }

function open(home = makeTempFolder()) {
  return { home, accounts: openAccounts(home, keyFileBox(home)) }
}

/** A keychain that only this test can open. */
function aKeychain(): SecretBox {
  return {
    seal: async (secret) => Buffer.from(secret).toString('base64'),
    open: async (sealed) => Buffer.from(sealed, 'base64').toString(),
  }
}

describe('accounts', () => {
  it('are several, the first one in use until another is chosen', async () => {
    const { home, accounts } = open()
    const app = await accounts.addApp(APP, 1)
    const li = await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    expect(app.identity).toBe('app:cli_a@open.feishu.cn')
    expect(li).toMatchObject({ identity: 'user:ou_li@cli_a@open.feishu.cn', name: '李雷' })
    expect(accounts.inUse()).toEqual(app)
    accounts.use(li.identity)
    // Another process sees the same.
    const other = open(home).accounts
    expect(other.inUse()).toEqual(li)
    expect(other.list()).toEqual([app, li])
  })

  it('act with what was sealed', async () => {
    const { home, accounts } = open()
    const { identity } = await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    const credentials = await open(home).accounts.credentials(identity)
    expect(credentials).toMatchObject({ kind: 'user', appSecret: 'app-secret-42', openId: 'ou_li' })
    expect(credentials.kind === 'user' && (await credentials.vault.read())).toEqual(TOKENS)
    expect(await accounts.secretOf('cli_a', 'open.feishu.cn')).toBe('app-secret-42')
    expect(await accounts.secretOf('cli_a', 'open.larksuite.com')).toBeUndefined()
  })

  it('keep their name and place when somebody signs in again', async () => {
    const { accounts } = open()
    const li = await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    accounts.rename(li.identity, '工作')
    const again = { ...TOKENS, accessToken: 'access-2' }
    const known = await accounts.addPerson(APP, { person: LI, tokens: again }, 9)
    expect(known).toEqual({ ...li, name: '工作' })
    expect(accounts.list()).toHaveLength(1)
    const credentials = await accounts.credentials(li.identity)
    expect(credentials.kind === 'user' && (await credentials.vault.read())).toEqual(again)
  })

  it('get a new secret of their app together, when it was created again or a person has signed in', async () => {
    const { accounts } = open()
    const app = await accounts.addApp(APP, 1)
    const li = await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    const secrets = () =>
      Promise.all([app, li].map(({ identity }) => accounts.credentials(identity)))
    await accounts.keepApp({ ...APP, appSecret: 'app-secret-43' })
    expect(await secrets()).toMatchObject(Array(2).fill({ appSecret: 'app-secret-43' }))
    expect(accounts.apps()).toEqual([])
    const renewed = { ...APP, appSecret: 'app-secret-44' }
    await accounts.addPerson(renewed, { person: LI, tokens: TOKENS }, 9)
    expect(await secrets()).toMatchObject(Array(2).fill({ appSecret: 'app-secret-44' }))
    expect(accounts.list()).toEqual([app, li])
    // This one has not been proven yet.
    await accounts.addApp({ ...APP, appSecret: 'app-secret-45' }, 10)
    expect(await accounts.credentials(li.identity)).toMatchObject({ appSecret: 'app-secret-44' })
  })

  it('keep what a later version has written into them when somebody signs in again', async () => {
    const { home, accounts } = open()
    await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    const file = join(home, 'settings.json')
    const settings = JSON.parse(readFileSync(file, 'utf8'))
    settings.accounts.known[0].colour = 'red'
    writeFileSync(file, JSON.stringify(settings))
    await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 9)
    expect(JSON.parse(readFileSync(file, 'utf8')).accounts.known).toMatchObject([{ colour: 'red' }])
  })

  it('forget their secrets when they sign out', async () => {
    const { home, accounts } = open()
    const li = await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    const credentials = await accounts.credentials(li.identity)
    accounts.remove(li.identity)
    expect(accounts.list()).toEqual([])
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).not.toContain('sealedSecret')
    expect(credentials.kind === 'user' && (await credentials.vault.read())).toBeUndefined()
    await expect(accounts.credentials(li.identity)).rejects.toMatchObject({ code: 'signed-out' })
  })

  it('hold no secret in the open, in files for their owner only', async () => {
    const { home, accounts } = open()
    await accounts.addPerson(APP, { person: LI, tokens: TOKENS }, 2)
    const settings = join(home, 'settings.json')
    expect(readFileSync(settings, 'utf8')).not.toContain('app-secret-42')
    if (process.platform !== 'win32') {
      for (const file of [settings, join(home, 'secret.key')]) {
        expect(statSync(file).mode & 0o077).toBe(0)
      }
    }
  })

  it('leave the other settings alone', async () => {
    const { home, accounts } = open()
    writeFileSync(join(home, 'settings.json'), '{"version":2,"app":{"theme":"dark"}}')
    await accounts.addApp(APP, 1)
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toMatchObject({
      app: { theme: 'dark' },
      accounts: { inUse: 'app:cli_a@open.feishu.cn' },
    })
  })
})

describe('a secret', () => {
  it('that the keychain has is nobody else’s to open, and that is said', async () => {
    const home = makeTempFolder()
    const desktop = openAccounts(home, desktopBox(home, aKeychain()))
    const { identity } = await desktop.addApp(APP, 1)
    expect(await desktop.credentials(identity)).toMatchObject({ appSecret: 'app-secret-42' })
    await expect(open(home).accounts.credentials(identity)).rejects.toMatchObject({
      code: 'secret-elsewhere',
    })
  })

  it('that the command line has sealed is opened by the desktop as well', async () => {
    const { home, accounts } = open()
    const { identity } = await accounts.addApp(APP, 1)
    const desktop = openAccounts(home, desktopBox(home, aKeychain()))
    expect(await desktop.credentials(identity)).toMatchObject({ appSecret: 'app-secret-42' })
  })

  it('is kept as the keychain seals it now, unless its account was removed meanwhile', async () => {
    const home = makeTempFolder()
    let removes = false
    const keychain: SecretBox = {
      seal: async (secret) => `old ${secret}`,
      async open(sealed, renew) {
        if (removes) accounts.remove(identity)
        if (sealed.startsWith('old ')) renew?.(sealed.replace('old', 'new'))
        return sealed.slice(4)
      },
    }
    const accounts = openAccounts(home, desktopBox(home, keychain))
    const { identity } = await accounts.addApp(APP, 1)
    const settings = () => readFileSync(join(home, 'settings.json'), 'utf8')
    expect(await accounts.credentials(identity)).toMatchObject({ appSecret: 'app-secret-42' })
    expect(settings()).toContain('keychain:new app-secret-42')
    expect(await accounts.credentials(identity)).toMatchObject({ appSecret: 'app-secret-42' })
    await accounts.addApp(APP, 1)
    removes = true
    await accounts.credentials(identity)
    expect(settings()).not.toContain('app-secret-42')
  })
})
