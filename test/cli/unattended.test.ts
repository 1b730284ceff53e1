/** A machine without a person: messages about trouble, and the limits that were set in the app. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, type TestContext, vi } from 'vitest'
import { LIMITER_PART, LimiterKeeper } from '#main/app/limiter-keeper.ts'
import { Policy } from '#main/app/policy/policy.ts'
import { SealedText } from '#main/app/sealed-text.ts'
import { SettingsKeeper } from '#main/app/settings-keeper.ts'
import { appKeyOf } from '#main/feishu/credentials.ts'
import { openStores } from '#main/store/open-stores.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { redisLimiter } from '#main/store/shared-limiter.ts'
import { FEIDI, feidiEnv } from '#test/kit/feidi/feidi-process.ts'
import { openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { redisMissing, startRedis } from '#test/kit/redis-server.ts'

const HOUR_MS = 3_600_000
const HOOK = 'https://hooks.example.com/services/not-to-be-seen'

async function aReceiver(test: TestContext) {
  const got: { event: string; reasons: string[] }[] = []
  const server = createServer(async (request, response) => {
    got.push(JSON.parse(await text(request)) as (typeof got)[number])
    response.end('ok')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

it('a watch alone tells that nothing was uploaded for hours', async (test) => {
  const scene = await openScene(test, { alwaysInParts: true })
  const { got, url } = await aReceiver(test)
  const stores = openStores(scene.home)
  stores.memos.remember('uploads-looked-for-since', Date.now() - 2 * HOUR_MS)
  stores.close()
  const env = { FEIDI_ALERT_URL: url, FEIDI_ALERT_HOURS: '1' }
  const watching = scene.start(['--json', 'watch', scene.folder, '--to', scene.to], { env })
  await vi.waitFor(() => expect(got).toMatchObject([{ event: 'silent' }]), { timeout: 30_000 })
  watching.signal('SIGTERM')
  expect((await watching.ended).exitCode).toBe(130)
})

/** Runs a command that reads what it is told. */
async function tell(scene: Scene, args: readonly string[], input: string) {
  const child = spawn(process.execPath, [...FEIDI, ...args], { env: feidiEnv({ env: scene.env }) })
  child.stdin.end(input)
  const ended = once(child, 'close') as Promise<[number]>
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [exitCode] = await ended
  return { exitCode, said: stdout + stderr }
}

it('the receiver of messages is set from standard input, and its address is kept sealed', async (test) => {
  const scene = await openScene(test)
  const set = await tell(scene, ['alerts', '--set', '--hours', '24'], `${HOOK}\nkey-of-the-bot\n`)
  expect(set).toMatchObject({ exitCode: 0, said: expect.stringContaining('hooks.example.com') })
  expect(set.said).toContain('24')
  const file = readFileSync(join(scene.home, 'settings.json'), 'utf8')
  for (const secret of ['not-to-be-seen', 'key-of-the-bot']) {
    expect(file + set.said).not.toContain(secret)
  }
  expect(await tell(scene, ['alerts', '--set'], 'ftp://example.com\n')).toMatchObject({
    exitCode: 2,
  })
  const off = await tell(scene, ['alerts', '--off', '--hours', 'never'], '')
  expect(off).toMatchObject({ exitCode: 0, said: expect.stringContaining('nowhere') })
})

const missing = redisMissing()

it.skipIf(missing !== undefined)(
  'an upload takes its turn at the limiter that was set in the app',
  async (test) => {
    const scene = await openScene(test)
    const password = 'correct-horse'
    const server = await startRedis(password)
    test.onTestFinished(() => server.kill())
    const file = openSettings(scene.home)
    const sealed = new SealedText(file, LIMITER_PART, keyFileBox(scene.home))
    const settings = new SettingsKeeper(file, Policy.none)
    await new LimiterKeeper(settings, sealed, undefined).set({ url: server.url, password })
    const { path } = await scene.write('a.txt', 500)
    expect((await scene.upload([path])).exitCode).toBe(0)
    const app = { kind: 'app', appId: 'cli_demo', appSecret: '' } as const
    const appKey = appKeyOf(app, new URL(scene.simulator.baseUrl).host)
    const limiter = redisLimiter({ url: server.url, password, appKey })
    test.onTestFinished(() => limiter.close())
    const turn = { path: 'drive/v1/files/upload_all', callsPerSecond: 5, callsPerDay: 1 }
    // The upload was counted: a day of one call has none left.
    await expect
      .poll(() => limiter.reserve(turn), { timeout: 10_000 })
      .toMatchObject({ kind: 'day-used' })
  },
)
