import { expect, it } from 'vitest'
import { Policy } from '#main/app/policy/policy.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { openWebScene } from './web-scene.ts'

it('a policy holds for all who sign in: places, files and settings', async (test) => {
  const scene = await openWebScene(test)
  const content = {
    version: 1,
    contact: 'IT, room 7',
    destinations: [scene.to],
    exclude: ['*.pst'],
    limits: { callsPerDay: 5_000 },
  }
  const elsewhere = scene.simulator.createFolder('', 'Elsewhere')
  const policy = Policy.parse(JSON.stringify(content))
  const page = await scene.restart(undefined, { policy })
  const good = await scene.write('a.txt', 100)
  const bad = await scene.write('mail.pst', 100)
  const add = (paths: string[], destination: string) =>
    page.ask('queue.add', { paths, uploads: [], destination, again: false })
  await add([good.path, bad.path], scene.to)
  await add([good.path], `folder:${elsewhere}`).catch(() => {})
  const endings = async () =>
    (await page.rows()).map(({ fileName, state }) => [fileName, state.kind]).sort()
  await expect
    .poll(async () => (await endings()).filter(([name]) => name !== undefined))
    .toEqual(
      expect.arrayContaining([
        ['a.txt', 'done'],
        ['mail.pst', 'skipped'],
      ]),
    )
  await expectOnce(scene.simulator, scene.folderToken, good)
  expect(scene.simulator.files()).toHaveLength(1)

  const { settings } = await page.ask('settings.get', {})
  expect(settings.limits.callsPerDay).toBe(5_000)
  const limits = { ...settings.limits, callsPerDay: 9_000 }
  await expect(page.ask('settings.set', { change: { limits } })).rejects.toThrow('policy-locked')
  await page.ask('settings.set', { change: { limits: settings.limits, theme: 'dark' } })
  expect((await page.ask('app.info', {})).policy).toEqual({
    locked: ['callsPerDay'],
    contact: 'IT, room 7',
  })
})

it('an app that the policy does not name uploads nothing, and says why', async (test) => {
  const policy = Policy.parse('{"version":1,"apps":["cli_other"]}')
  const scene = await openWebScene(test, { web: { policy } })
  const page = await scene.signIn()
  const follower = await page.follow()
  const { engine } = await follower.until(({ engine }) => engine.error !== null)
  expect(engine.error?.code).toBe('policy-app')
  expect(scene.simulator.calls).toEqual([])
})
