import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { steadyMsUntil } from '#test/kit/feidi/steady-steps.ts'
import {
  FOLDER,
  failureOf,
  openApi,
  plain,
  portOf,
  sendJson,
  sendPart,
  startRawServer,
  startServer,
} from '#test/unit/feishu/scripted-server.ts'

/** More than the kernels of both sides hold, so that it can not all be under way unread. */
const HUGE = Buffer.alloc(64 * 1024 * 1024)

async function listen(onSocket: (socket: Socket) => void): Promise<Server> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    onSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return server
}

const urlOf = (server: Server) => `http://127.0.0.1:${portOf(server)}`
const finish = (url: string) =>
  openApi(url).finish({ point: FOLDER, uploadId: '7', blockCount: 1 }, plain())

describe('a connection that is never established', () => {
  it('is refused', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = urlOf(server)
    await new Promise((resolve) => server.close(resolve))
    const error = await failureOf(finish(url))
    expect(error).toMatchObject({ code: 'connection-refused', context: { neverArrived: true } })
    expect(error.context.detail).toContain('ECONNREFUSED')
  })

  it('has a host name nobody knows', async () => {
    const error = await failureOf(finish('https://feishu.invalid'))
    expect(error).toMatchObject({ code: 'dns-failed', context: { neverArrived: true } })
  })

  it('ends during the TLS handshake', async () => {
    const server = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const error = await failureOf(finish(urlOf(server).replace('http:', 'https:')))
    expect(error).toMatchObject({ code: 'connection-lost', context: { neverArrived: true } })
  })

  it('meets something that does not speak TLS', async () => {
    const server = await listen((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 no\r\n\r\n')),
    )
    const error = await failureOf(finish(urlOf(server).replace('http:', 'https:')))
    expect(error).toMatchObject({ code: 'tls-untrusted', context: { neverArrived: true } })
  })

  it('is given up at once when the caller aborts, not when undici has stopped trying', async () => {
    const stop = new AbortController()
    const server = await listen(() => stop.abort('cancelled'))
    const api = openApi(urlOf(server).replace('http:', 'https:'))
    const sending = sendPart(api, Buffer.from('x'), { signal: stop.signal })
    const isRefused = expect(sending).rejects.toBe('cancelled')
    expect(await steadyMsUntil(isRefused)).toBeLessThan(2_000)
  })
})

describe('a connection lost', () => {
  it.each(['resetAndDestroy', 'destroy'] as const)(
    'before the whole body is out (%s) did nothing',
    async (end) => {
      const server = await startRawServer((request) =>
        request.once('data', () => request.socket[end]()),
      )
      const error = await failureOf(sendPart(openApi(server.url), HUGE))
      expect(error).toMatchObject({
        code: 'connection-lost',
        context: { neverArrived: true, seq: 3 },
      })
    },
  )

  it.each(['resetAndDestroy', 'destroy'] as const)(
    'after the whole body is out (%s) may have done something',
    async (end) => {
      const server = await startServer(({ socket }) => socket[end]())
      const error = await failureOf(sendPart(openApi(server.url), Buffer.alloc(4 * 1024 * 1024)))
      expect(error.code).toBe('connection-lost')
      expect(error.context.neverArrived).toBeUndefined()
    },
  )

  it('after a call without a file may have done something', async () => {
    const server = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const error = await failureOf(finish(urlOf(server)))
    expect(error.code).toBe('connection-lost')
    expect(error.context.neverArrived).toBeUndefined()
  })

  it('in the middle of the answer may have done something', async () => {
    const server = await startServer(({ socket }, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"code":0,', () => socket.destroy())
    })
    const error = await failureOf(sendPart(openApi(server.url), Buffer.from('x')))
    expect(error.code).toBe('connection-lost')
    expect(error.context.neverArrived).toBeUndefined()
  })

  it('in the middle of a chunked answer may have done something', async () => {
    const server = await startServer(({ socket }, response) => {
      response.write('{"code":0,"data":{}}', () => socket.destroy())
    })
    expect(await failureOf(sendPart(openApi(server.url), Buffer.from('x')))).toMatchObject({
      code: 'connection-lost',
    })
  })

  it('by a reset of all connections fails what is in flight and nothing later', async () => {
    let arrived = () => undefined as unknown
    const here = new Promise((resolve) => {
      arrived = () => resolve(undefined)
    })
    let calls = 0
    const server = await startServer((_request, response) => {
      calls += 1
      if (calls === 1) arrived()
      else sendJson(response, { code: 0, data: {} })
    })
    const api = openApi(server.url)
    const lost = failureOf(sendPart(api, Buffer.from('x')))
    await here
    await api.resetConnections()
    expect(await lost).toMatchObject({ code: 'connection-lost' })
    await expect(sendPart(api, Buffer.from('x'))).resolves.toBeUndefined()
  })

  it('while idle costs the next call nothing', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const api = openApi(server.url)
    for (let i = 0; i < 5; i++) {
      await sendPart(api, Buffer.alloc(200_000))
      for (const socket of server.sockets) socket.destroy()
    }
    expect(server.seen).toHaveLength(5)
  })

  it('for good, after close, is an error and not a hang', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const api = openApi(server.url)
    await api.close()
    const error = await failureOf(sendPart(api, Buffer.from('x')))
    expect(error).toMatchObject({ code: 'connection-lost', context: { neverArrived: true } })
  })
})

describe('what is not HTTP', () => {
  it.each([
    'SSH-2.0-OpenSSH_9.6\r\n',
    'HTTP/1.1 2OO OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
    `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`,
  ])('is a bad response: %j', async (text) => {
    const server = await listen((socket) => socket.once('data', () => socket.write(text)))
    expect(await failureOf(finish(urlOf(server)))).toMatchObject({ code: 'bad-response' })
  })
})

describe('an answer before the body is read', () => {
  it('is taken: the rest of the body is not needed', async () => {
    const server = await startRawServer((_request, response) => {
      response.setHeader('x-ogw-ratelimit-reset', '2')
      sendJson(response, { code: 99991400, msg: 'slow down' }, 429)
    })
    const error = await failureOf(sendPart(openApi(server.url), HUGE))
    expect(error).toMatchObject({
      code: 99991400,
      context: { httpStatus: 429, retryAfterMs: 2000, neverArrived: true },
    })
  })

  it('can not be a success', async () => {
    const server = await startRawServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const error = await failureOf(sendPart(openApi(server.url), HUGE))
    expect(error).toMatchObject({ code: 'bad-response', context: { neverArrived: true } })
  })

  it('leaves the API in order for the next call', async () => {
    let calls = 0
    const server = await startRawServer((request, response) => {
      calls += 1
      if (calls === 1) sendJson(response, { code: 99991400 }, 429)
      else request.resume().on('end', () => sendJson(response, { code: 0, data: {} }))
    })
    const api = openApi(server.url)
    await failureOf(sendPart(api, HUGE))
    await expect(sendPart(api, Buffer.alloc(1000))).resolves.toBeUndefined()
  })

  it('stops asking for bandwidth', async () => {
    const server = await startRawServer((_request, response) =>
      sendJson(response, { code: 99991400 }, 429),
    )
    let waiting: AbortSignal | undefined
    const throttle = (_bytes: number, signal: AbortSignal) => {
      waiting = signal
      return new Promise<void>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      )
    }
    // The head of the form leaves at once, so the server can answer while we wait.
    await failureOf(sendPart(openApi(server.url), HUGE, { ...plain(), throttle }))
    expect(waiting?.aborted).toBe(true)
  })
})

describe('an aborted call', () => {
  it.each([new Error('paused'), 'paused', undefined])(
    'ends with the reason it was given: %s',
    async (reason) => {
      const stop = new AbortController()
      const server = await startRawServer((request) =>
        request.once('data', () => stop.abort(reason)),
      )
      const call = sendPart(openApi(server.url), HUGE, { signal: stop.signal })
      expect(await call.catch((thrown: unknown) => thrown)).toBe(stop.signal.reason)
    },
  )

  it('closes its connection, so that the server does not wait for the rest', async () => {
    const stop = new AbortController()
    const closed = Promise.withResolvers<void>()
    const server = await startRawServer((request) => {
      request.on('close', closed.resolve).on('error', () => undefined)
      request.once('data', () => stop.abort())
    })
    await expect(sendPart(openApi(server.url), HUGE, { signal: stop.signal })).rejects.toThrow()
    await closed.promise
  })

  it('is not sent after all when its connection comes about later', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const api = openApi(server.url)
    const stop = new AbortController()
    const call = sendPart(api, Buffer.from('first'), { signal: stop.signal })
    queueMicrotask(() => stop.abort('cancelled'))
    await expect(call).rejects.toBe('cancelled')
    await sendPart(api, Buffer.from('second'))
    expect(server.seen.map(({ body }) => body.includes('second'))).toEqual([true])
  })

  it('never begins when it was aborted before', async () => {
    const server = await startServer((_request, response) => sendJson(response, { code: 0 }))
    const signal = AbortSignal.abort('too late')
    await expect(sendPart(openApi(server.url), Buffer.from('x'), { signal })).rejects.toBe(
      'too late',
    )
    expect(server.sockets).toHaveLength(0)
  })
})

it('a network error holds no token, wherever one looks', async () => {
  const server = await startServer(({ socket }) => socket.destroy())
  const error = await failureOf(sendPart(openApi(server.url), Buffer.from('x')))
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('u-secret-token-0001')
})
