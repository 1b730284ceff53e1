/** An app created by a scan: its secret is kept when the person has agreed to its rights, and not before. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { LI } from '#test/kit/feidi/signed-in.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { openWebScene } from './web-scene.ts'

/** A host without any account, and an app that a person has just created for it. */
async function created(test: TestContext) {
  const scene = await openWebScene(test, { web: { credentials: undefined } })
  const { simulator } = scene
  simulator.registrations.intervalMs = 10
  simulator.signIns.lifetimes.deviceIntervalMs = 10
  simulator.signIns.person = LI
  const page = await scene.signIn()
  const live = await page.follow()
  const { registration } = await page.ask('accounts.register', {})
  simulator.registrations.decide(registration.url ?? '', 'allow')
  const { accounts } = await live.until((state) => state.accounts.registration?.stage === 'found')
  const appId = accounts.registration?.app?.appId ?? ''
  return { scene, page, live, id: registration.id, appId, secret: simulator.secretOf(appId) }
}

/** Returns all that is on disk in the home. */
async function homeText(home: string): Promise<string> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'))
  return (await Promise.all(texts)).join('\n')
}

it('is kept after consent, outlives a restart, and a person signs in to it', async (test) => {
  const { scene, page, live, id, appId, secret } = await created(test)
  expect(secret).not.toBe('')
  expect(await homeText(scene.home)).not.toContain(appId)
  const { apps, accounts } = await page.ask('accounts.keep-registered', { id })
  expect({ apps, accounts }).toEqual({ apps: [{ appId, brand: 'feishu' }], accounts: [] })
  // No page has seen the secret, and on the disk it is sealed.
  expect(JSON.stringify(live.events)).not.toContain(secret)
  expect(await homeText(scene.home)).not.toContain(secret)

  const again = await scene.restart()
  const ended = await again.follow()
  const asked = { appId, brand: 'feishu', method: 'device', appSecret: null } as const
  const { signIn } = await again.ask('accounts.sign-in', { ...asked, furtherScopes: [] })
  scene.simulator.signIns.decideDevice(signIn.userCode ?? '', 'allow')
  await ended.until((state) => state.accounts.signIn?.stage === 'done')
  const list = await again.ask('accounts.list', {})
  expect(list).toMatchObject({ apps: [], accounts: [{ name: LI.name, appId, isInUse: true }] })
  const file = await scene.write('a.txt', 300)
  await again.ask('queue.add', {
    paths: [file.path],
    uploads: [],
    destination: scene.to,
    again: false,
  })
  await ended.until(({ counts }) => counts.byState.done === 1)
  await expectOnce(scene.simulator, scene.folderToken, file)
}, 60_000)

it('is forgotten when the person does not agree', async (test) => {
  const { scene, page, id, appId, secret } = await created(test)
  await page.ask('accounts.cancel-registration', {})
  await expect(page.ask('accounts.keep-registered', { id })).rejects.toThrow(/registration-expired/)
  expect((await page.ask('accounts.list', {})).apps).toEqual([])
  const left = await homeText(scene.home)
  expect(left).not.toContain(appId)
  expect(left).not.toContain(secret)
})
