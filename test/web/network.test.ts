import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { makeCertificates } from '#test/faults/feishu/certificates.ts'
import { portOf } from '#test/unit/feishu/scripted-server.ts'
import { openWebScene } from './web-scene.ts'

/** Only the proxy knows this host. */
const FEISHU = 'https://open.feishu.test'
const PASSWORD = 'hunter22 %/@'

describe('the proxy', () => {
  it('leads to Feishu from the moment it is set, with its password, which stays with the host', async (test) => {
    const { proxy, scene, page, setting } = await sceneBehindProxy(test)
    const view = await page.ask('proxy.set', { proxy: setting, password: PASSWORD })
    expect(view).toEqual({ ...setting, hasPassword: true })

    expect(await page.ask('network.test', {})).toMatchObject({
      host: 'open.feishu.test',
      via: `127.0.0.1:${proxy.port}`,
      error: null,
    })
    const login = Buffer.from(`joe:${PASSWORD}`).toString('base64')
    expect(proxy.asked.at(-1)).toEqual({
      target: 'open.feishu.test:443',
      authorization: `Basic ${login}`,
    })
    const log = await readFile(join(scene.home, 'logs', 'feidi.log'), 'utf8')
    const stored = await readFile(join(scene.home, 'settings.json'), 'utf8')
    const report = await page.ask('diagnostics.export', { withFileNames: true })
    expect(report.text).toContain(`"proxy": "127.0.0.1:${proxy.port}"`)
    for (const text of [log, stored, report.text, JSON.stringify(view)]) {
      for (const form of [PASSWORD, encodeURIComponent(PASSWORD), login]) {
        expect(text).not.toContain(form)
      }
    }

    const again = await scene.restart()
    expect(await again.ask('proxy.get', {})).toEqual(view)
    expect(await again.ask('network.test', {})).toMatchObject({ error: null })
    await again.ask('proxy.set', { proxy: { ...setting, noProxy: 'x.test' } })
    expect(await again.ask('network.test', {})).toMatchObject({ error: null })
  })

  it('never gets the password kept for another', async (test) => {
    const { proxy, page, setting } = await sceneBehindProxy(test)
    await page.ask('proxy.set', { proxy: setting, password: PASSWORD })
    const elsewhere = { ...setting, user: 'eve' }
    const view = await page.ask('proxy.set', { proxy: elsewhere })
    expect(view).toEqual({ ...elsewhere, hasPassword: false })
    await page.ask('network.test', {})
    const sent = Buffer.from(proxy.asked.at(-1)?.authorization?.split(' ')[1] ?? '', 'base64')
    expect(String(sent)).not.toContain('hunter22')
  })

  it('that says no is named, with what to do', async (test) => {
    const { proxy, page, setting } = await sceneBehindProxy(test)
    proxy.refuses = true
    await page.ask('proxy.set', { proxy: setting, password: null })
    expect(await page.ask('network.test', {})).toMatchObject({
      via: `127.0.0.1:${proxy.port}`,
      error: { code: 'proxy-refused' },
    })
  })

  it.each([
    { host: '', kind: 'manual' },
    { host: 'a b' },
    { host: 'user:pw@host' },
    { host: 'host/path' },
    { port: 0 },
    { port: 65_536 },
    { kind: 'auto' },
  ])('is not taken when it makes no sense: %j', async (change) => {
    const clearing: (() => unknown)[] = []
    const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) } as never
    try {
      const page = await (await openWebScene(test)).signIn()
      const proxy = { kind: 'manual', host: 'p', port: 1, user: '', noProxy: '', ...change }
      const { answer } = await page.post('proxy.set', { proxy, password: null })
      expect(answer).toMatchObject({ ok: false, error: { code: 'request-invalid' } })
      expect(await page.ask('proxy.get', {})).toMatchObject({ kind: 'system' })
    } finally {
      for (const clear of clearing.reverse()) await clear()
    }
  })
})

it('a connection that leads nowhere is said to, within the time a person waits', async (test) => {
  const given = { baseUrl: 'http://127.0.0.1:9' }
  const scene = await openWebScene(test, { web: { given } })
  const page = await scene.signIn()
  expect(await page.ask('network.test', {})).toMatchObject({
    host: '127.0.0.1:9',
    via: null,
    error: { code: 'connection-refused' },
  })
})

it('Feishu is recognised without an account', async (test) => {
  const scene = await openWebScene(test, { web: { credentials: undefined } })
  const page = await scene.signIn()
  const tested = await page.ask('network.test', {})
  expect(tested).toMatchObject({ via: null, error: null })
  expect(Math.abs(tested.clockOffsetMs ?? Number.NaN)).toBeLessThan(10_000)
})

it('a file with certificates is looked at before it is used', async (test) => {
  const scene = await openWebScene(test)
  const page = await scene.signIn()
  const certificates = makeCertificates()
  test.onTestFinished(() => certificates.remove())
  const path = certificates.caFile
  const { certificates: found } = await page.ask('network.certificates', { path })
  expect(found).toEqual([
    { subject: expect.any(String), validUntilMs: expect.any(Number), isAuthority: true },
  ])
  const wrong = join(scene.folder, 'wrong.pem')
  await writeFile(wrong, 'not a certificate')
  for (const refused of ['/dev/zero', wrong, join(scene.folder, 'missing.pem')]) {
    const { answer } = await page.post('network.certificates', { path: refused })
    expect(answer).toMatchObject({ ok: false, error: { code: 'ca-file-unreadable' } })
  }
})

/** A host that reaches Feishu through a proxy only. */
async function sceneBehindProxy(test: TestContext) {
  const certificates = makeCertificates()
  test.onTestFinished(() => certificates.remove())
  const feishu = createTlsServer(
    certificates.issue('DNS:open.feishu.test'),
    (_request, response) => {
      response.end('{"code":10003,"msg":"invalid param"}')
    },
  )
  feishu.listen(0, '127.0.0.1')
  await once(feishu, 'listening')
  const proxy = await openProxy(test, portOf(feishu))
  test.onTestFinished(() => {
    feishu.closeAllConnections()
    feishu.close()
  })
  const given = { baseUrl: FEISHU, caFile: certificates.caFile }
  // Without an account nothing else goes through the proxy than what a test asks for.
  const scene = await openWebScene(test, { web: { given, credentials: undefined } })
  const setting = {
    kind: 'manual',
    host: '127.0.0.1',
    port: proxy.port,
    user: 'joe',
    noProxy: '',
  } as const
  return { proxy, scene, page: await scene.signIn(), setting }
}

interface Proxy {
  readonly port: number
  readonly asked: { target: string | undefined; authorization: string | undefined }[]
  refuses: boolean
}

async function openProxy(test: TestContext, feishuPort: number): Promise<Proxy> {
  const server = createServer()
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const proxy: Proxy = { port: portOf(server), asked: [], refuses: false }
  server.on('connect', ({ url, headers }: IncomingMessage, socket: Socket) => {
    proxy.asked.push({ target: url, authorization: headers['proxy-authorization'] })
    if (proxy.refuses) return socket.end('HTTP/1.1 407 Who are you\r\n\r\n')
    const upstream = connect(feishuPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    for (const end of [socket, upstream]) end.on('error', () => end.destroy())
  })
  return proxy
}
