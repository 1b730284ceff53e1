/** `feidi login --new`: an app by a scan, its rights shown first, and a person signed in to it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scopesOf } from '#shared/permissions/scope-groups.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { LI } from '#test/kit/feidi/signed-in.ts'

const NO_ENV = { FEIDI_APP_ID: '', FEIDI_APP_SECRET: '' }

it('creates an app, tells its rights before its secret is kept, and signs in', async (test) => {
  const scene = await openScene(test)
  const { simulator } = scene
  simulator.registrations.intervalMs = 10
  simulator.signIns.lifetimes.deviceIntervalMs = 10
  simulator.signIns.person = LI
  const running = scene.start(['--json', 'login', '--new', '--yes'], { env: NO_ENV })
  const { url } = await running.line(({ kind }) => kind === 'new-app')
  simulator.registrations.decide(String(url), 'allow')
  const app = await running.line(({ type }) => type === 'app')
  expect(app).toMatchObject({ brand: 'feishu', asApp: [] })
  expect(app['asPerson']).toEqual(expect.arrayContaining(scopesOf(['folder', 'document'])))
  const { userCode } = await running.line(({ kind }) => kind === 'device')
  simulator.signIns.decideDevice(String(userCode), 'allow')
  const { exitCode, lines, stdout, stderr } = await running.ended
  expect(exitCode).toBe(0)
  expect(lines.at(-1)).toMatchObject({ type: 'account', name: '李雷', appId: app['appId'] })
  const secret = simulator.secretOf(String(app['appId']))
  expect(secret.length).toBeGreaterThan(8)
  for (const text of [stdout, stderr, readFileSync(join(scene.home, 'settings.json'), 'utf8')]) {
    expect(text).not.toContain(secret)
  }
  // It is the account that uploads now.
  const { path } = await scene.write('a.txt', 1_000)
  const up = await scene.run(['upload', path, '--to', scene.to], { env: NO_ENV })
  expect(up.exitCode).toBe(0)
}, 60_000)

it('creates nothing where there is no one to ask, and says where Feishu knows no such thing', async (test) => {
  const scene = await openScene(test)
  const silent = await scene.run(['login', '--new'], { env: NO_ENV })
  expect(silent.exitCode).toBe(2)
  expect(scene.simulator.callsTo('oauth/app_registration')).toEqual([])
  scene.simulator.registrations.kind = 'unknown'
  const unknown = await scene.run(['login', '--new', '--yes'], { env: NO_ENV })
  expect(unknown.exitCode).toBe(2)
  expect(unknown.lines.at(-1)).toMatchObject({ error: { code: 'registration-unavailable' } })
}, 60_000)
