import { once } from 'node:events'
import { createServer } from 'node:https'
import type { Server, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { FeishuApiOptions } from '#main/feishu/calls/feishu-api.ts'
import { type Certificates, makeCertificates } from '#test/faults/feishu/certificates.ts'
import { failureOf, openApi, portOf, sendPart } from './scripted-server.ts'
import { type SocksScript, socksServer } from './socks-server.ts'

/** Only the proxy knows this host. */
const FEISHU = 'https://open.feishu.test'
const PASSWORD = 'hunter22 #/%'

let certificates: Certificates
beforeAll(() => {
  certificates = makeCertificates()
})
afterAll(() => certificates.remove())

async function start(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return portOf(server)
}

/** A Feishu that takes every part. */
async function startFeishu() {
  const protocols: unknown[] = []
  const certificate = certificates.issue('DNS:open.feishu.test')
  const options = { ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }
  const server = createServer(options, (request, response) => {
    protocols.push((request.socket as TLSSocket).alpnProtocol)
    request.resume().on('end', () => response.end('{"code":0,"data":{}}'))
  })
  return { port: await start(server), protocols }
}

const call = (more: Partial<FeishuApiOptions>) =>
  sendPart(openApi(FEISHU, { caFile: certificates.caFile, ...more }), Buffer.alloc(300_000, 7))

describe('a SOCKS proxy', () => {
  const LOGIN = { user: 'joe', password: PASSWORD }
  const login = `joe:${encodeURIComponent(PASSWORD)}@`

  async function startSocks(script: Partial<SocksScript> = {}) {
    const feishu = await startFeishu()
    const { server, asked } = socksServer({ targetPort: feishu.port, ...script })
    return { at: `127.0.0.1:${await start(server)}`, asked, feishu }
  }

  it.each([
    ['socks5h', '', { version: 5, user: '', target: 'open.feishu.test:443' }],
    ['socks', '', { version: 5, user: '', target: 'open.feishu.test:443' }],
    ['socks5h', login, { version: 5, user: 'joe', target: 'open.feishu.test:443' }],
    ['socks4a', '', { version: 4, user: '', target: 'open.feishu.test:443' }],
    ['SOCKS4A', 'joe@', { version: 4, user: 'joe', target: 'open.feishu.test:443' }],
  ])(
    'of the kind %s://%s leads to Feishu, which is looked at as closely',
    async (kind, who, seen) => {
      const { at, asked, feishu } = await startSocks(who === login ? { login: LOGIN } : {})
      const env = { ALL_PROXY: `${kind}://${who}${at}` }
      const api = openApi(FEISHU, { env, caFile: certificates.caFile })
      for (let time = 0; time < 3; time++) await sendPart(api, Buffer.alloc(300_000, 7))
      expect(asked).toEqual([seen])
      expect(feishu.protocols).toEqual(['http/1.1', 'http/1.1', 'http/1.1'])
      const stranger = call({ env, caFile: certificates.otherCaFile })
      expect(await failureOf(stranger)).toMatchObject({ code: 'tls-untrusted' })
    },
  )

  it.each(['socks5', 'socks4'])('of the kind %s leaves names to this machine', async (kind) => {
    const { at, asked } = await startSocks()
    const error = await failureOf(call({ env: { HTTPS_PROXY: `${kind}://${at}` } }))
    expect(error).toMatchObject({ code: 'dns-failed', context: { neverArrived: true } })
    expect(asked).toEqual([])
  })

  it('goes by the order of curl', async () => {
    const { at, asked } = await startSocks()
    const nowhere = 'http://127.0.0.1:1'
    await call({ env: { all_proxy: `socks5h://${at}`, HTTP_PROXY: nowhere } })
    await call({ env: { HTTPS_PROXY: `socks5h://${at}`, all_proxy: nowhere } })
    await call({ env: { https_proxy: '', ALL_PROXY: `socks5h://${at}` } })
    expect(asked).toHaveLength(3)
    const excepted = { ALL_PROXY: `socks5h://${at}`, NO_PROXY: '.feishu.test' }
    expect(await failureOf(call({ env: excepted }))).toMatchObject({ code: 'dns-failed' })
    expect(asked).toHaveLength(3)
  })

  it.each([
    ['asks for a login', { login: LOGIN }, '', 'proxy-refused'],
    ['takes another login', { login: LOGIN }, 'joe:hunter22@', 'proxy-refused'],
    ['does not allow it', { reply: 2 }, login, 'proxy-refused'],
    ['does not reach Feishu', { reply: 4 }, login, 'connection-refused'],
    ['hangs up', { hangsUp: true }, login, 'connection-lost'],
  ] as const)('that %s is named', async (_what, script, who, code) => {
    const { at } = await startSocks(script)
    const env = { HTTPS_PROXY: `socks5h://${who}${at}` }
    const error = await failureOf(call({ env }))
    expect(error).toMatchObject({ code, context: { neverArrived: true } })
    expect(error.context.detail).toMatch(/^proxy /)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/hunter22|u-secret/)
  })

  it('that is not there is an error of the network', async () => {
    const error = await failureOf(call({ env: { HTTPS_PROXY: 'socks5h://127.0.0.1:1' } }))
    expect(error).toMatchObject({ code: 'connection-refused', context: { neverArrived: true } })
  })
})
