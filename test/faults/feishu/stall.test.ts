import type { ServerResponse } from 'node:http'
import { setTimeout as realPause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import {
  failureOf,
  openApi,
  plain,
  sendJson,
  sendPart,
  startRawServer,
  startServer,
} from '#test/unit/feishu/scripted-server.ts'

const IDLE_MS = 60_000
/** More than the kernels of both sides hold. */
const HUGE = Buffer.alloc(64 * 1024 * 1024)
const PART = Buffer.alloc(4 * 1024 * 1024)

// Only the deadline's timers are faked; sockets continue in real time.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('a call in which nothing moves', () => {
  it('is cut while the body is going out, and did nothing', async () => {
    const server = await startRawServer((request) => {
      // Never read: the kernels fill up and the upload stands still.
      request.pause()
      request.socket.pause()
    })
    let bytes = 0
    const call = sendPart(openApi(server.url), HUGE, {
      ...plain(),
      onProgress: (step) => {
        bytes += step
      },
    })
    const failure = failureOf(call)
    await vi.waitFor(
      async () => {
        const before = bytes
        await new Promise((resolve) => setImmediate(resolve))
        expect(bytes).toBeGreaterThan(0)
        expect(bytes).toBe(before)
      },
      { interval: 1 },
    )
    await vi.advanceTimersByTimeAsync(IDLE_MS)
    const error = await failure
    expect(error).toMatchObject({ code: 'idle-timeout', context: { neverArrived: true } })
    expect(error.context.detail).toBe('the upload stood still')
  })

  it('is cut while waiting for the answer, later by what the kernel may still hold', async () => {
    const { promise: whole, resolve } = Promise.withResolvers<void>()
    const server = await startServer(() => resolve())
    let settled = false
    const failure = failureOf(sendPart(openApi(server.url), PART)).finally(() => {
      settled = true
    })
    await whole
    const kernelMs = (PART.byteLength / (16 * 1024)) * 1000
    await vi.advanceTimersByTimeAsync(IDLE_MS + kernelMs - 1)
    expect(settled).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    const error = await failure
    expect(error.code).toBe('idle-timeout')
    expect(error.context.neverArrived).toBeUndefined()
    expect(error.context.detail).toBe('the answer stood still')
  })

  it('is cut when the answer stops half-way', async () => {
    const { promise: begun, resolve } = Promise.withResolvers<void>()
    const server = await startServer((_request, response) =>
      response.write('{"code":', () => resolve()),
    )
    const failure = failureOf(sendPart(openApi(server.url), Buffer.from('x')))
    await begun
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(IDLE_MS)
      await expect(failure).resolves.toMatchObject({ code: 'idle-timeout' })
    })
  })

  it.each([
    ['drips', (response: ServerResponse) => response.write(' ')],
    [
      'is announced for ever',
      ({ socket }: ServerResponse) => socket?.write('HTTP/1.1 102 Processing\r\n\r\n'),
    ],
  ])('is cut when the answer %s', async (_, drop) => {
    const { promise: whole, resolve } = Promise.withResolvers<ServerResponse>()
    const server = await startServer((_request, response) => resolve(response))
    let failure: TransferError | undefined
    void failureOf(sendPart(openApi(server.url), Buffer.from('x'))).then((error) => {
      failure = error
    })
    const response = await whole
    // Twice the time that may pass, a drop every second of it.
    for (let drops = 0; drops < 120 && failure === undefined; drops++) {
      drop(response)
      // Time for the drop to arrive, as no event reports it.
      await realPause(10)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(failure).toMatchObject({ code: 'idle-timeout' })
  })

  it('is cut when the connection does not come about', async () => {
    const { promise: connected, resolve } = Promise.withResolvers<void>()
    const server = await startServer(() => undefined)
    server.server.on('connection', () => resolve())
    // The server waits for HTTP and says nothing to a TLS hello.
    server.server.removeAllListeners('clientError').on('clientError', () => undefined)
    const api = openApi(server.url.replace('http:', 'https:'), { idleMs: 5_000 })
    const failure = failureOf(sendPart(api, Buffer.from('x')))
    await connected
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await failure).toMatchObject({ code: 'idle-timeout', context: { neverArrived: true } })
  })
})

describe('a call that moves slowly', () => {
  it('is not cut, however long it takes', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const started = performance.now()
    // Fifty seconds for each slice: an hour for the part.
    const onProgress = () => void vi.advanceTimersByTime(50_000)
    await sendPart(openApi(server.url), PART, { ...plain(), onProgress })
    expect(performance.now() - started).toBeGreaterThan(600_000)
  })

  it('is not cut while our own bandwidth limit holds it back', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const throttle = async () => void (await vi.advanceTimersByTimeAsync(10 * IDLE_MS))
    await sendPart(openApi(server.url), PART, { ...plain(), throttle })
    expect(server.seen[0]?.body.byteLength).toBeGreaterThan(PART.byteLength)
  })

  it('leaves no timer behind', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 0, data: {} }),
    )
    const api = openApi(server.url)
    await sendPart(api, PART)
    const before = vi.getTimerCount()
    for (let i = 0; i < 5; i++) await sendPart(api, PART)
    expect(vi.getTimerCount()).toBeLessThanOrEqual(before)
  })
})
