import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { signOut } from '#main/app/accounts/sign-out.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { addPerson, DEMO_APP, LI, signIn } from '#test/kit/feidi/signed-in.ts'

/** A home in which a person and the app itself are accounts. */
async function setUp() {
  const { simulator, home } = await signIn()
  simulator.signIns.revoke('ou_demo')
  const person = await addPerson(home, simulator, LI)
  const accounts = openAccounts(home, keyFileBox(home))
  const app = await accounts.addApp({ ...DEMO_APP, baseUrl: simulator.baseUrl }, 0)
  return { simulator, home, accounts, person, app: app.identity }
}

/** Files that hold tokens of a person. */
function tokenFilesOf(home: string, identity: string): string[] {
  const folder = join(home, 'accounts')
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.filter((name) => readFileSync(join(folder, name), 'utf8').includes(identity))
}

it('a person who signs out is gone from the disk before Feishu is told, and revoked there', async () => {
  const { simulator, home, accounts, person } = await setUp()
  expect(tokenFilesOf(home, person)).toHaveLength(1)
  const tellFeishu = await signOut(accounts, person)
  expect(tokenFilesOf(home, person)).toEqual([])
  expect(accounts.get(person)).toBeUndefined()
  expect(simulator.callsTo('oauth/revoke')).toEqual([])
  expect(await tellFeishu({ env: {} })).toBeUndefined()
  expect(simulator.signIns.goodRefreshTokens).toBe(0)
})

it.each([
  ['refuses', { kind: 'answer', status: 400, code: 20001 }, '20001'],
  ['is in trouble', { kind: 'html', status: 502 }, 'http-error'],
  ['can not be reached', { kind: 'reset', where: 'before-body' }, 'connection-lost'],
] as const)('says so when Feishu %s, and keeps nothing', async (_, fault, detail) => {
  const { simulator, home, accounts, person } = await setUp()
  simulator.faults.add({ endpoint: 'oauth/revoke', do: fault })
  const warning = await (await signOut(accounts, person))({ env: {} })
  expect(warning).toMatchObject({ code: 'sign-out-not-told', context: { detail } })
  expect(tokenFilesOf(home, person)).toEqual([])
})

it('a sign-in that can not be read any more is removed all the same', async () => {
  const { home, accounts, person } = await setUp()
  const other = openAccounts(home, { ...keyFileBox(home), open: async () => 'no tokens' })
  const warning = await (await signOut(other, person))({ env: {} })
  expect(warning).toMatchObject({ code: 'sign-out-not-told' })
  expect(accounts.get(person)).toBeUndefined()
  expect(tokenFilesOf(home, person)).toEqual([])
})

it('an app has nothing that Feishu could revoke', async () => {
  const { simulator, accounts, app } = await setUp()
  expect(await (await signOut(accounts, app))({ env: {} })).toBeUndefined()
  expect(accounts.get(app)).toBeUndefined()
  expect(simulator.callsTo('oauth/revoke')).toEqual([])
})
