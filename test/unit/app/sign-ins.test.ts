import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { SignIns } from '#main/app/accounts/sign-ins.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import type { SignInView } from '#shared/contract/account-channels.ts'

// There is no listener: a sign-in in the browser waits for the browser first.
const APP = { appId: 'cli_demo', appSecret: 'demo-secret', baseUrl: 'http://127.0.0.1:9' }

/** Sign-ins on a machine that takes its time to say which proxy to use. */
async function open(test: TestContext) {
  const home = await mkdtemp(join(tmpdir(), 'feidi-sign-ins-'))
  test.onTestFinished(() => rm(home, { recursive: true, force: true }))
  const faults: unknown[] = []
  const ways: (() => void)[] = []
  const signIns = new SignIns({
    account: undefined as never,
    clock: systemClock,
    log: openLog(home),
    way: () =>
      new Promise((resolve) => {
        ways.push(() => resolve({ baseUrl: APP.baseUrl, proxyEnvironment: {} } as never))
      }),
    language: () => 'en',
    ports: [0],
    onChange: () => {},
    onSignedIn: async () => {},
    onFault: (what, error) => faults.push([what, error]),
  })
  test.onTestFinished(async () => {
    await signIns.close()
    expect(faults).toEqual([])
  })
  return { signIns, ways }
}

/** Checks whether the browser could come back. */
function isOpen({ url }: SignInView): Promise<boolean> {
  const back = new URL(url ?? '').searchParams.get('redirect_uri') ?? ''
  return fetch(new URL('/', back)).then(
    () => true,
    () => false,
  )
}

it('of two that begin at once only the later one does', async (test) => {
  const { signIns, ways } = await open(test)
  const first = expect(signIns.begin('browser', APP, [])).rejects.toThrow('sign-in-expired')
  const second = signIns.begin('browser', APP, [])
  await expect.poll(() => ways.length).toBe(2)
  for (const know of ways) know()
  await first
  const view = await second
  expect(signIns.view).toEqual(view)
  expect(await isOpen(view)).toBe(true)
  await signIns.cancel()
  await expect.poll(() => isOpen(view)).toBe(false)
})

it('one that is cancelled before it has begun does not begin', async (test) => {
  const { signIns, ways } = await open(test)
  const begun = signIns.begin('browser', APP, [])
  const refused = expect(begun).rejects.toThrow('sign-in-expired')
  await expect.poll(() => ways.length).toBe(1)
  await signIns.cancel()
  for (const know of ways) know()
  await refused
  expect(signIns.view).toBeNull()
})
