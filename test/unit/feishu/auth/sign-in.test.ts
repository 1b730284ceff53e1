import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { request } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accountsHost } from '#main/feishu/auth/accounts-host.ts'
import type { DeviceCode } from '#main/feishu/auth/oauth-calls.ts'
import { openSignIn, type SignInOptions } from '#main/feishu/auth/sign-in.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { SIGN_IN_SCOPES } from '#shared/permissions/choose-scopes.ts'
import { DEMO_APP } from '#test/kit/feidi/signed-in.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'
import { type Simulator, startSimulator } from '#test/simulator/simulator.ts'

const never = new AbortController().signal

async function setUp(more: Partial<SignInOptions> = {}) {
  const simulator = await startSimulator({ rate: 'off' })
  const signIn = openSignIn({
    baseUrl: simulator.baseUrl,
    app: DEMO_APP,
    scopes: SIGN_IN_SCOPES,
    language: 'zh-CN',
    ports: [0],
    env: {},
    ...more,
  })
  onTestFinished(async () => {
    await signIn.close()
    await simulator.close()
  })
  return { simulator, signIn }
}

/** Opens the link as a browser would, presses a button and follows the way back. */
async function throughBrowser(link: string, decision = 'allow'): Promise<Response> {
  return fetch(`${link}&decision=${decision}`)
}

function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'ok',
    (error: unknown) => (error instanceof TransferError ? error.code : error),
  )
}

describe('signing in with the browser', () => {
  it('ends with the person and tokens, and a page in their language', async () => {
    const { simulator, signIn } = await setUp()
    let page: Promise<Response> | undefined
    const { person, tokens } = await signIn.inBrowser((link) => {
      page = throughBrowser(link)
    }, never)
    expect(person).toEqual({ openId: 'ou_demo', name: '林晓' })
    expect(tokens).toMatchObject({ lifeMs: 7_200_000, scopes: SIGN_IN_SCOPES })
    expect(tokens.refreshToken).toBeDefined()
    const answer = await page
    expect(await answer?.text()).toContain('可以回到飞递了')
    expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(simulator.calls.map(({ endpoint }) => endpoint)).toEqual([
      'oauth/token',
      'authen/user_info',
    ])
  })

  it('sends a challenge, never the verifier or a secret', async () => {
    const { simulator, signIn } = await setUp()
    await signIn.inBrowser((link) => {
      const { searchParams } = new URL(link)
      expect(searchParams.get('code_challenge_method')).toBe('S256')
      expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
      expect(searchParams.get('state')).toMatch(/^[\w-]{32}$/)
      expect(searchParams.get('scope')).toContain('offline_access')
      expect(link).not.toContain(DEFAULT_APP.secret)
      void throughBrowser(link)
    }, never)
    expect(simulator.callsTo('oauth/token')).toHaveLength(1)
  })

  it('that is declined says so, also in the browser', async () => {
    const { signIn } = await setUp({ language: 'en' })
    let page: Promise<Response> | undefined
    const signed = signIn.inBrowser((link) => {
      page = throughBrowser(link, 'deny')
    }, never)
    expect(await codeOf(signed)).toBe('sign-in-denied')
    expect(await (await page)?.text()).toContain('Not signed in')
  })

  it.each([
    ['another state', '/callback?code=x&state=wrong', {}],
    ['no state', '/callback?code=x', {}],
    ['another path', '/elsewhere', {}],
    ['another name that leads here', undefined, { host: 'evil.example' }],
  ])('passes over a request with %s and goes on waiting', async (_, path, headers) => {
    const { signIn } = await setUp()
    const signed = signIn.inBrowser((link) => {
      const back = new URL(new URL(link).searchParams.get('redirect_uri') ?? '')
      const { state } = Object.fromEntries(new URL(link).searchParams)
      void (async () => {
        const wanted = path ?? `/callback?code=x&state=${state}`
        const foreign = await request(`http://127.0.0.1:${back.port}${wanted}`, {
          headers: { host: back.host, ...headers },
        })
        expect(foreign.statusCode).toBe(404)
        await foreign.body.dump()
        await throughBrowser(link)
      })()
    }, never)
    expect((await signed).person.openId).toBe('ou_demo')
  })

  it('takes a spare port when another program has the first, and says when all are taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    onTestFinished(() => void blocker.close())
    const { port } = blocker.address() as AddressInfo
    const { signIn } = await setUp({ ports: [port, 0] })
    await signIn.inBrowser((link) => {
      expect(new URL(new URL(link).searchParams.get('redirect_uri') ?? '').port).not.toBe(
        String(port),
      )
      void throughBrowser(link)
    }, never)
    const { signIn: without } = await setUp({ ports: [port] })
    expect(await codeOf(without.inBrowser(() => undefined, never))).toBe('sign-in-ports-taken')
  })

  it('gives the port back when it is cancelled', async () => {
    const { signIn } = await setUp()
    const cancelled = new AbortController()
    let address = ''
    const signed = signIn.inBrowser((link) => {
      address = new URL(link).searchParams.get('redirect_uri') ?? ''
      cancelled.abort(new Error('cancelled'))
    }, cancelled.signal)
    await expect(signed).rejects.toThrow('cancelled')
    await expect(fetch(address)).rejects.toThrow()
  })

  it('asks again who it is when the line breaks: the code is good only once', async () => {
    const { simulator, signIn } = await setUp({ sleep: async () => undefined })
    const reset = { kind: 'reset', where: 'before-body' } as const
    simulator.faults.add({ endpoint: 'authen/user_info', times: 3, do: reset })
    const { person } = await signIn.inBrowser((link) => void throughBrowser(link), never)
    expect(person.openId).toBe('ou_demo')
  })

  it('does not wait for connections that a browser has opened in advance', async () => {
    const { signIn } = await setUp()
    const closed = Promise.withResolvers<void>()
    await signIn.inBrowser((link) => {
      const { port } = new URL(new URL(link).searchParams.get('redirect_uri') ?? '')
      const socket = connect(Number(port), '127.0.0.1', () => void throughBrowser(link))
      socket.on('close', () => closed.resolve()).on('error', () => undefined)
    }, never)
    await closed.promise
  })

  it.each([
    ['a wrong secret', { app: { ...DEMO_APP, appSecret: 'wrong-secret' } }, 20002],
    ['trouble at Feishu', {}, 20050],
  ])('passes on what Feishu says: %s', async (_, more, code) => {
    const { simulator, signIn } = await setUp(more)
    if (code === 20050) {
      const answer = { kind: 'answer', status: 500, code } as const
      simulator.faults.add({ endpoint: 'oauth/token', do: answer })
    }
    expect(await codeOf(signIn.inBrowser((link) => void throughBrowser(link), never))).toBe(code)
  })
})

describe('signing in with a device code', () => {
  const withClock = (simulator: () => Simulator) => {
    const waits: number[] = []
    return {
      waits,
      sleep: async (ms: number) => {
        waits.push(ms)
        simulator().clock.advance(ms)
      },
    }
  }

  async function setUpDevice() {
    let simulator: Simulator | undefined
    const patience = withClock(() => simulator as Simulator)
    const scene = await setUp({ sleep: patience.sleep })
    simulator = scene.simulator
    return { ...scene, waits: patience.waits }
  }

  it('shows a code, asks as often as it may, and goes on once the person has agreed', async () => {
    const { simulator, signIn, waits } = await setUpDevice()
    let shown: DeviceCode | undefined
    simulator.on('settled', ({ endpoint }) => {
      if (endpoint === 'oauth/token' && simulator.callsTo('oauth/token').length === 2) {
        simulator.signIns.decideDevice(shown?.userCode ?? '', 'allow')
      }
    })
    const { person } = await signIn.withDevice((code) => {
      shown = code
    }, never)
    expect(person.name).toBe('林晓')
    expect(shown).toMatchObject({
      userCode: expect.stringMatching(/^\w{4}-\w{4}$/),
      lifeMs: 240_000,
    })
    expect(shown?.pageWithCode).toContain(shown?.userCode)
    expect(waits).toEqual([5_000, 5_000, 5_000])
  })

  it('slows down when asked to, and survives a bad line', async () => {
    const { simulator, signIn, waits } = await setUpDevice()
    simulator.signIns.lifetimes.deviceIntervalMs = 5_000
    simulator.faults.add({ endpoint: 'oauth/token', do: { kind: 'reset', where: 'before-body' } })
    const signed = signIn.withDevice(({ userCode }) => {
      simulator.signIns.lifetimes.deviceIntervalMs = 8_000
      simulator.on('settled', ({ endpoint }) => {
        if (endpoint === 'oauth/token' && waits.length === 3) {
          simulator.signIns.decideDevice(userCode, 'allow')
        }
      })
    }, never)
    await signed
    expect(waits).toEqual([5_000, 6_000, 6_000, 11_000])
  })

  it.each([
    ['deny', 'sign-in-denied'],
    ['wait too long', 'sign-in-expired'],
  ])('ends when people %s', async (what, code) => {
    const { simulator, signIn } = await setUpDevice()
    const signed = signIn.withDevice(({ userCode }) => {
      if (what === 'deny') simulator.signIns.decideDevice(userCode, 'deny')
    }, never)
    expect(await codeOf(signed)).toBe(code)
  })

  it('asks again who it is when the line breaks, and says so if that does not help', async () => {
    const reset = { kind: 'reset', where: 'before-body' } as const
    const agree = (simulator: Simulator) => (code: DeviceCode) =>
      simulator.signIns.decideDevice(code.userCode, 'allow')
    const { simulator, signIn } = await setUpDevice()
    simulator.faults.add({ endpoint: 'authen/user_info', times: 2, do: reset })
    const { person } = await signIn.withDevice(agree(simulator), never)
    expect(person.openId).toBe('ou_demo')
    simulator.faults.add({ endpoint: 'authen/user_info', times: 'always', do: reset })
    expect(await codeOf(signIn.withDevice(agree(simulator), never))).toBe('connection-lost')
  })

  it('goes to the newer endpoint when the documented one does not know the device flow, and stays there', async () => {
    const { simulator, signIn } = await setUpDevice()
    simulator.signIns.deviceGrantAt = ['v3']
    const { tokens } = await signIn.withDevice(({ userCode }) => {
      simulator.on('settled', () => {
        if (simulator.callsTo('oauth/v3_token').length === 2) {
          simulator.signIns.decideDevice(userCode, 'allow')
        }
      })
    }, never)
    expect(simulator.callsTo('oauth/token')).toHaveLength(1)
    expect(simulator.callsTo('oauth/v3_token')).toHaveLength(3)
    expect(tokens).toMatchObject({ issuer: 'v3', refreshToken: expect.any(String) })
  })

  it('says so when Feishu knows the device flow nowhere', async () => {
    const { simulator, signIn } = await setUpDevice()
    simulator.signIns.deviceGrantAt = []
    expect(await codeOf(signIn.withDevice(() => undefined, never))).toBe(20036)
    expect(simulator.calls).toHaveLength(3)
  })

  it('ends at once when it is cancelled', async () => {
    const { signIn } = await setUp()
    const cancelled = new AbortController()
    const signed = signIn.withDevice(() => cancelled.abort(), cancelled.signal)
    await expect(signed).rejects.toThrow()
  })
})

it.each([
  ['https://open.feishu.cn', 'https://accounts.feishu.cn'],
  ['https://open.larksuite.com/open-apis', 'https://accounts.larksuite.com'],
  ['https://feishu.example.com', 'https://feishu.example.com'],
])('people of %s sign in at %s', (api, accounts) => {
  expect(accountsHost(parseBaseUrl(api)).origin).toBe(accounts)
})
