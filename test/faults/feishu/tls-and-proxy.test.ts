import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { FeishuApiOptions } from '#main/feishu/calls/feishu-api.ts'
import { startFeidi } from '#test/kit/feidi/feidi-process.ts'
import { failureOf, openApi, portOf, sendPart } from '#test/unit/feishu/scripted-server.ts'
import { type Certificates, makeCertificates } from './certificates.ts'

/** Only the proxy knows this host. */
const FEISHU = 'https://open.feishu.test'
const PASSWORD = 'hunter22 %'

let certificates: Certificates
let names: { key: string; cert: string }
let foreignNames: { key: string; cert: string }
beforeAll(() => {
  certificates = makeCertificates()
  names = certificates.issue('DNS:open.feishu.test,DNS:localhost,IP:127.0.0.1')
  foreignNames = certificates.issue('DNS:somewhere.else.test')
})
afterAll(() => certificates.remove())

async function start(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  })
  return portOf(server)
}

/** A Feishu that takes every part. */
async function startFeishu(certificate = names) {
  const protocols: unknown[] = []
  const server = createHttpsServer(
    { ...certificate, ALPNProtocols: ['h2', 'http/1.1'] },
    (request, response) => {
      protocols.push((request.socket as TLSSocket).alpnProtocol)
      request.resume().on('end', () => response.end('{"code":0,"data":{}}'))
    },
  )
  return { port: await start(server), protocols }
}

interface ProxyScript {
  readonly feishuPort: number
  readonly answer?: string
  readonly server?: Server
}

/** A proxy that knows where Feishu is. */
async function startProxy({ feishuPort, answer, server = createHttpServer() }: ProxyScript) {
  const asked: { target: string; authorization: string | undefined }[] = []
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] })
    if (answer !== undefined) return socket.end(answer)
    const upstream = connect(feishuPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    for (const end of [socket, upstream])
      end
        .on('error', () => end.destroy())
        .on('close', () => {
          socket.destroy()
          upstream.destroy()
        })
  })
  return { port: await start(server), asked }
}

const call = (baseUrl: string, more: Partial<FeishuApiOptions> = {}) =>
  sendPart(openApi(baseUrl, { caFile: certificates.caFile, ...more }), Buffer.alloc(300_000, 7))

describe('TLS', () => {
  it('trusts the roots of the CA file, and speaks HTTP/1.1', async () => {
    const { port, protocols } = await startFeishu()
    await expect(call(`https://127.0.0.1:${port}`)).resolves.toBeUndefined()
    await expect(call(`https://localhost:${port}`)).resolves.toBeUndefined()
    expect(protocols).toEqual(['http/1.1', 'http/1.1'])
  })

  // Only OpenSSL's own store, which Linux uses, can be another one for a test.
  it.runIf(process.platform === 'linux')('trusts the roots of the system', async () => {
    const { port } = await startFeishu()
    const reaches = async (rootsOfTheSystem: string) => {
      const env = {
        FEIDI_HOME: join(certificates.folder, 'home'),
        FEIDI_BASE_URL: `https://127.0.0.1:${port}`,
        SSL_CERT_FILE: rootsOfTheSystem,
        SSL_CERT_DIR: join(certificates.folder, 'none'),
      }
      const { lines } = await startFeidi(['--json', 'doctor'], { env }).ended
      return lines.find(({ check }) => check === 'network')
    }
    expect(await reaches(certificates.caFile)).toMatchObject({ ok: true })
    expect(await reaches(certificates.otherCaFile)).toMatchObject({
      ok: false,
      error: { code: 'tls-untrusted' },
    })
  })

  it.each(['none', 'another'])('does not trust a server with %s CA file', async (which) => {
    const { port } = await startFeishu()
    const api = openApi(
      `https://127.0.0.1:${port}`,
      which === 'none' ? {} : { caFile: certificates.otherCaFile },
    )
    const error = await failureOf(sendPart(api, Buffer.from('x')))
    expect(error).toMatchObject({ code: 'tls-untrusted', context: { neverArrived: true } })
  })

  it('does not trust a server with a name of its own', async () => {
    const { port } = await startFeishu(foreignNames)
    const error = await failureOf(call(`https://127.0.0.1:${port}`))
    expect(error).toMatchObject({ code: 'tls-untrusted', context: { neverArrived: true } })
    expect(inspect(error, { depth: 9 })).not.toContain('u-secret-token-0001')
  })

  it('is checked although the environment says it need not be', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    onTestFinished(() => void delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'])
    const { port } = await startFeishu()
    for (const caFile of [undefined, certificates.otherCaFile]) {
      const api = openApi(`https://127.0.0.1:${port}`, caFile === undefined ? {} : { caFile })
      expect(await failureOf(sendPart(api, Buffer.from('x')))).toMatchObject({
        code: 'tls-untrusted',
      })
    }
    const proxy = await startProxy({ feishuPort: port })
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }
    expect(await failureOf(call(FEISHU, { env, caFile: certificates.otherCaFile }))).toMatchObject({
      code: 'tls-untrusted',
    })
  })

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no certificate', 'hello'],
    [
      'holds a broken certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    ],
  ])('can not be set up with a CA file that %s', (name, content) => {
    const caFile = join(certificates.folder, `${name}.pem`)
    if (content !== undefined) writeFileSync(caFile, content)
    expect(() => openApi(FEISHU, { caFile })).toThrow(
      expect.objectContaining({ code: 'ca-file-unreadable' }),
    )
  })
})

it('can not be set up with a CA file that is broken after its first certificate', () => {
  const caFile = join(certificates.folder, 'half-broken.pem')
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  writeFileSync(caFile, readFileSync(certificates.caFile, 'utf8') + broken)
  expect(() => openApi(FEISHU, { caFile })).toThrow(
    expect.objectContaining({ code: 'ca-file-unreadable' }),
  )
})

describe('a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'from %s leads to Feishu',
    async (name) => {
      const feishu = await startFeishu()
      const proxy = await startProxy({ feishuPort: feishu.port })
      await call(FEISHU, { env: { [name]: `http://127.0.0.1:${proxy.port}` } })
      expect(proxy.asked).toEqual([{ target: 'open.feishu.test:443', authorization: undefined }])
      expect(feishu.protocols).toEqual(['http/1.1'])
    },
  )

  it('may be written without its scheme, and keeps its tunnel for the next call', async () => {
    const proxy = await startProxy({ feishuPort: (await startFeishu()).port })
    const env = { https_proxy: `127.0.0.1:${proxy.port}`, HTTPS_PROXY: 'http://127.0.0.1:1' }
    const api = openApi(FEISHU, { env, caFile: certificates.caFile })
    for (let i = 0; i < 3; i++) await sendPart(api, Buffer.alloc(200_000))
    expect(proxy.asked).toHaveLength(1)
    await api.resetConnections()
    await sendPart(api, Buffer.alloc(200_000))
    expect(proxy.asked).toHaveLength(2)
  })

  it('is told its user and password, and nobody else is', async () => {
    const proxy = await startProxy({ feishuPort: (await startFeishu()).port })
    const env = {
      HTTPS_PROXY: `http://joe:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}`,
    }
    await call(FEISHU, { env })
    const basic = `Basic ${Buffer.from(`joe:${PASSWORD}`).toString('base64')}`
    expect(proxy.asked[0]?.authorization).toBe(basic)
  })

  it('may itself be reached over TLS', async () => {
    const { port: feishuPort } = await startFeishu()
    const proxy = await startProxy({ feishuPort, server: createHttpsServer(names) })
    await call(FEISHU, { env: { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` } })
    expect(proxy.asked).toHaveLength(1)
  })

  it('over TLS is not trusted blindly', async () => {
    const proxy = await startProxy({ feishuPort: 1, server: createHttpsServer(foreignNames) })
    const env = { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` }
    expect(await failureOf(call(FEISHU, { env }))).toMatchObject({
      code: 'tls-untrusted',
      context: { neverArrived: true },
    })
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['open.feishu.test'],
    ['.feishu.test'],
    ['other.test, *.feishu.test'],
    ['open.feishu.test:443'],
    ['*'],
  ])('is left aside for %s in NO_PROXY', async (list) => {
    const proxy = await startProxy({ feishuPort: 1 })
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: list }
    expect(await failureOf(call(FEISHU, { env }))).toMatchObject({ code: 'dns-failed' })
    expect(proxy.asked).toEqual([])
  })

  it('is left aside for this machine, whatever the environment says', async () => {
    const { port } = await startFeishu()
    const proxy = await startProxy({ feishuPort: 1 })
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, HTTP_PROXY: 'not a url' }
    await call(`https://127.0.0.1:${port}`, { env })
    await call(`https://localhost:${port}`, { env })
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['407 Proxy Authentication Required', 407],
    ['403 Forbidden', 403],
    ['502 Bad Gateway', 502],
  ])('that answers %s is named, and keeps its password to itself', async (line, httpStatus) => {
    const answer = `HTTP/1.1 ${line}\r\nx-echo: ${PASSWORD}\r\n\r\n${PASSWORD}`
    const proxy = await startProxy({ feishuPort: 1, answer })
    const env = {
      HTTPS_PROXY: `http://joe:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}`,
    }
    const error = await failureOf(call(FEISHU, { env }))
    expect(error).toMatchObject({
      code: 'proxy-refused',
      context: { httpStatus, neverArrived: true },
    })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/hunter22|u-secret/)
    expect(proxy.asked).toHaveLength(1)
  })

  it('that hangs up on us is an error, not an endless loop', async () => {
    const proxy = await startProxy({ feishuPort: 1, answer: '' })
    const error = await failureOf(
      call(FEISHU, { env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } }),
    )
    expect(error).toMatchObject({ code: 'connection-lost', context: { neverArrived: true } })
    expect(error.context.detail).toMatch(/^proxy /)
    expect(proxy.asked).toHaveLength(1)
  })

  it('that is not there is an error of the network', async () => {
    const env = { HTTPS_PROXY: `http://joe:${encodeURIComponent(PASSWORD)}@127.0.0.1:1` }
    const error = await failureOf(call(FEISHU, { env }))
    expect(error).toMatchObject({ code: 'connection-refused', context: { neverArrived: true } })
    expect(error.context.detail).toMatch(/^proxy .*127\.0\.0\.1:1/)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter22')
  })

  it.each([
    'http://',
    'socks5h://',
    'socks5h://a%zz:1',
    'http://joe:hunter22@',
    'http://joe:hunter22@host:99999',
    'ftp://host',
    '::',
  ])('can not be %s', (proxy) => {
    try {
      openApi(FEISHU, { env: { HTTPS_PROXY: proxy } })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'proxy-invalid' })
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter22')
    }
  })
})
