import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { openWebScene } from './web-scene.ts'

it('health is told to anybody on a name of ours, and nothing else is', async (test) => {
  const scene = await openWebScene(test)
  const page = await scene.signIn()
  await expect
    .poll(async () => (await scene.raw({ path: '/health' })).text)
    .toBe('{"status":"ok","reasons":[],"notes":[]}')
  expect((await scene.raw({ path: '/health', headers: { host: 'evil.example' } })).status).toBe(403)
  expect((await scene.raw({ path: '/health/x' })).status).toBe(401)
  await page.ask('queue.pause-all', { paused: true })
  const paused = await scene.raw({ path: '/health' })
  expect([paused.status, JSON.parse(paused.text)]).toEqual([
    200,
    { status: 'ok', reasons: [], notes: ['paused'] },
  ])
})

it('an account that is refused makes it ill, and a person elsewhere gets a message', async (test) => {
  const messages: string[] = []
  const server = createServer(async (request, response) => {
    messages.push(await text(request))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const scene = await openWebScene(test, {
    web: {
      credentials: { kind: 'app', appId: 'cli_wrong', appSecret: 'wrong' },
      givenAlerts: { target: { url }, silentHours: undefined },
    },
  })
  const page = await scene.signIn()
  await page.ask('queue.add', {
    paths: [(await scene.write('a.txt', 100)).path],
    uploads: [],
    destination: scene.to,
    again: false,
  })
  await expect.poll(async () => (await scene.raw({ path: '/health' })).status).toBe(503)
  expect(JSON.parse((await scene.raw({ path: '/health' })).text)).toMatchObject({
    status: 'trouble',
    reasons: ['account-blocked'],
  })
  expect(await page.ask('alerts.test', {})).toEqual({ error: null })
  expect(JSON.parse(messages.at(-1) ?? '')).toMatchObject({ event: 'test' })
  expect(await page.ask('alerts.get', {})).toMatchObject({ source: 'environment' })
})
