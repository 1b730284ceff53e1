import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { FeishuApi } from '#main/engine/ports.ts'
import {
  failureOf,
  openApi,
  plain,
  type SeenRequest,
  sendJson,
  sendPart,
  startServer,
} from './scripted-server.ts'

const APP = { kind: 'app', appId: 'cli_a1', appSecret: 'app-secret-42' } as const
const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal'

interface Options {
  readonly expire?: number
  /** Feishu's answer to a call with this token. */
  readonly judge?: (token: string) => unknown
  readonly mint?: (count: number) => unknown
}

/** A server that mints t-0001, t-0002, … and an API that uses them. */
async function startMint({
  expire = 7200,
  judge = () => ({ code: 0, data: {} }),
  mint,
}: Options = {}) {
  let minted = 0
  const server = await startServer((request, response) => {
    if (request.url === TOKEN_PATH) {
      minted += 1
      const token = `t-${String(minted).padStart(4, '0')}`
      sendJson(response, mint?.(minted) ?? { code: 0, tenant_access_token: token, expire })
    } else {
      sendJson(response, judge(tokenOf(request)))
    }
  })
  const clock = { ms: 1_700_000_000_000, nowMs: () => clock.ms, steadyMs: () => clock.ms }
  const api = openApi(server.url, { credentials: APP, clock })
  const tokensUsed = () => server.seen.filter(({ url }) => url !== TOKEN_PATH).map(tokenOf)
  return { server, api, clock, tokensUsed, minted: () => minted }
}

function tokenOf({ headers }: SeenRequest): string {
  return headers.authorization?.replace('Bearer ', '') ?? ''
}

const part = (api: FeishuApi) => sendPart(api, Buffer.from('part'))

describe("an app's token", () => {
  it('is fetched once for however many calls start together', async () => {
    const { api, server, minted, tokensUsed } = await startMint()
    await Promise.all(Array.from({ length: 8 }, () => part(api)))
    expect(minted()).toBe(1)
    expect(new Set(tokensUsed())).toEqual(new Set(['t-0001']))
    const request = server.seen[0]
    expect(JSON.parse(request?.body.toString() ?? '')).toEqual({
      app_id: 'cli_a1',
      app_secret: 'app-secret-42',
    })
    expect(request?.headers.authorization).toBeUndefined()
  })

  it('is renewed five minutes before it ends', async () => {
    const { api, clock, tokensUsed } = await startMint()
    await part(api)
    clock.ms += (7200 - 300) * 1000 - 1
    await part(api)
    clock.ms += 1
    await part(api)
    expect(tokensUsed()).toEqual(['t-0001', 't-0001', 't-0002'])
  })

  it('is renewed in time although the wall clock was set back', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const { api, clock, tokensUsed } = await startMint()
    await part(api)
    clock.ms -= 86_400_000
    vi.advanceTimersByTime((7200 - 300) * 1000)
    await part(api)
    expect(tokensUsed()).toEqual(['t-0001', 't-0002'])
  })

  it('with a short life is not fetched for every call', async () => {
    const { api, clock, minted } = await startMint({ expire: 60 })
    await part(api)
    clock.ms += 29_000
    await part(api)
    expect(minted()).toBe(1)
    clock.ms += 1_000
    await part(api)
    expect(minted()).toBe(2)
  })

  it('is used to its end when no new one is to be had', async () => {
    const refuse = { code: 99991400, msg: 'slow down' }
    const { api, clock, tokensUsed } = await startMint({
      mint: (count) => (count > 1 ? refuse : undefined),
    })
    await part(api)
    clock.ms += (7200 - 60) * 1000
    await part(api)
    expect(tokensUsed()).toEqual(['t-0001', 't-0001'])
    clock.ms += 60_000
    expect(await failureOf(part(api))).toMatchObject({
      code: 99991400,
      context: { neverArrived: true },
    })
  })
})

describe('a token that Feishu refuses', () => {
  it('is replaced and the call repeated, body and all', async () => {
    const judge = (token: string) =>
      token === 't-0001' ? { code: 99991663, msg: 'invalid' } : { code: 0, data: {} }
    const { api, server, tokensUsed } = await startMint({ judge })
    const steps: number[] = []
    let sent = 0
    const options = {
      ...plain(),
      onProgress: (step: number) => steps.push(step),
      onSent: () => (sent += 1),
    }
    await sendPart(api, Buffer.alloc(100_000, 7), options)
    expect(tokensUsed()).toEqual(['t-0001', 't-0002'])
    const [first, second] = server.seen.filter(({ url }) => url !== TOKEN_PATH)
    expect(first?.body.includes(Buffer.alloc(100_000, 7))).toBe(true)
    expect(second?.body.byteLength).toBe(first?.body.byteLength)
    expect(sent).toBe(2)
  })

  it('is replaced once for all the calls that used it', async () => {
    const judge = (token: string) =>
      token === 't-0001' ? { code: 99991677 } : { code: 0, data: {} }
    const { api, minted, tokensUsed } = await startMint({ judge })
    await Promise.all(Array.from({ length: 6 }, () => part(api)))
    expect(minted()).toBe(2)
    expect(tokensUsed().filter((token) => token === 't-0002')).toHaveLength(6)
  })

  it('twice in a row ends the call with what Feishu said', async () => {
    const { api, tokensUsed } = await startMint({
      judge: () => ({ code: 99991663, msg: 'wrong kind of token' }),
    })
    const error = await failureOf(part(api))
    expect(error).toMatchObject({
      code: 99991663,
      context: { detail: 'wrong kind of token', seq: 3 },
    })
    expect(tokensUsed()).toEqual(['t-0001', 't-0002'])
  })

  it('is refused with an unlisted code and status 401 too', async () => {
    let calls = 0
    const server = await startServer((request, response) => {
      if (request.url === TOKEN_PATH)
        sendJson(response, { code: 0, tenant_access_token: 't-x', expire: 7200 })
      else sendJson(response, { code: calls++ === 0 ? 4242 : 0, data: {} }, calls === 1 ? 401 : 200)
    })
    await part(openApi(server.url, { credentials: APP }))
    expect(calls).toBe(2)
  })

  it('and came from outside can not be replaced', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 99991668, msg: 'expired' }, 401),
    )
    const error = await failureOf(part(openApi(server.url)))
    expect(error).toMatchObject({
      code: 'token-refused',
      context: { httpStatus: 401, detail: '99991668 expired' },
    })
    expect(server.seen).toHaveLength(1)
  })
})

describe('without a token', () => {
  it.each([
    [{ code: 10014, msg: 'app secret invalid' }, 10014],
    [{ code: 0, tenant_access_token: 't-1', expire: 0 }, 'bad-response'],
    [{ code: 0, tenant_access_token: 't\r\nx: y', expire: 7200 }, 'bad-response'],
    [{ code: 0, expire: 7200 }, 'bad-response'],
  ])('(%j) nothing is sent, and the error says so', async (answer, code) => {
    const { api, tokensUsed } = await startMint({ mint: () => answer })
    const error = await failureOf(part(api))
    expect(error).toMatchObject({ code, context: { neverArrived: true } })
    expect(error.context.endpoint).toBe('auth/v3/tenant_access_token/internal')
    expect(inspect(error, { depth: 9 })).not.toContain('app-secret-42')
    expect(tokensUsed()).toEqual([])
  })

  it('each call asks anew, so that a passing failure passes', async () => {
    const { api, tokensUsed } = await startMint({
      mint: (count) => (count === 1 ? { code: 20050 } : undefined),
    })
    expect(await failureOf(part(api))).toMatchObject({ code: 20050 })
    await part(api)
    expect(tokensUsed()).toEqual(['t-0002'])
  })

  it('a call can stop waiting for it while another one goes on', async () => {
    let mintNow = () => undefined as unknown
    const server = await startServer((request, response) => {
      if (request.url !== TOKEN_PATH) return sendJson(response, { code: 0, data: {} })
      mintNow = () => sendJson(response, { code: 0, tenant_access_token: 't-x', expire: 7200 })
      stop.abort('cancelled')
    })
    const stop = new AbortController()
    const api = openApi(server.url, { credentials: APP })
    const patient = part(api)
    await expect(sendPart(api, Buffer.from('x'), { signal: stop.signal })).rejects.toBe('cancelled')
    mintNow()
    await expect(patient).resolves.toBeUndefined()
  })
})

it.each(['', '  ', 'two words', 'line\nbreak', '中文'])(
  'an access token %j is refused before anything is sent',
  (accessToken) => {
    const open = () =>
      openApi('http://127.0.0.1:1', { credentials: { kind: 'access-token', accessToken } })
    expect(open).toThrow(expect.objectContaining({ code: 'token-refused' }))
  },
)
