import { expect, it, onTestFinished } from 'vitest'
import { AccountKeeper } from '#main/app/accounts/account-keeper.ts'
import { SignIns } from '#main/app/accounts/sign-ins.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { SIGN_IN_SCOPES } from '#shared/permissions/choose-scopes.ts'
import { makeTempFolder } from '../store/store-kit.ts'

const APP = { appId: 'cli_a', appSecret: 'app-secret-42', baseUrl: 'http://127.0.0.1:9' }
const TOKENS = { accessToken: 'u-1', lifeMs: 7_200_000, askedAtMs: 1, clockOffsetMs: 0 }

/**
 * Opens a home where a person has signed in and granted further scopes; asks for the scopes of the
 * next link.
 */
async function scene() {
  const home = makeTempFolder()
  const store = openAccounts(home, keyFileBox(home))
  const person = { openId: 'ou_li', name: '李雷' }
  const scopes = [...SIGN_IN_SCOPES, 'bitable:app']
  await store.addPerson(APP, { person, tokens: { ...TOKENS, scopes } }, 1)
  const signIns = new SignIns({
    account: new AccountKeeper({ store, fromEnvironment: undefined, baseUrl: undefined }),
    clock: systemClock,
    log: openLog(home),
    way: async () => ({ proxyEnvironment: {} }) as never,
    language: () => 'en',
    ports: [0],
    onChange: () => {},
    onSignedIn: async () => {},
    onFault: () => {},
  })
  onTestFinished(() => signIns.close())
  return async (furtherScopes: string[], appId = APP.appId) => {
    const { url } = await signIns.begin('browser', { ...APP, appId }, furtherScopes)
    return new URL(url ?? '').searchParams.get('scope')?.split(' ')
  }
}

it('a further scope comes on top of what was granted before, or one would be lost for the other', async () => {
  const asksFor = await scene()
  const sorted = (scopes: readonly string[] = []) => scopes.toSorted()
  expect(sorted(await asksFor(['docx:document']))).toEqual(
    sorted([...SIGN_IN_SCOPES, 'bitable:app', 'docx:document']),
  )
  expect(sorted(await asksFor(['docx:document'], 'cli_other'))).toEqual(
    sorted([...SIGN_IN_SCOPES, 'docx:document']),
  )
})

it('without a further scope it is the usual ones, so that an app that has lost one can be signed in to', async () => {
  const asksFor = await scene()
  expect(await asksFor([])).toEqual(SIGN_IN_SCOPES)
})
