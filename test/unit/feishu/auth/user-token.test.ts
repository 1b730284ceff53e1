import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FeishuApi } from '#main/engine/ports.ts'
import type { TokenVault } from '#main/feishu/auth/user-token.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { explain } from '#shared/errors/explain.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { SIGN_IN_SCOPES } from '#shared/permissions/choose-scopes.ts'
import { DEMO_APP, type SignedIn, signIn, tokensOf } from '#test/kit/feidi/signed-in.ts'
import { CHALLENGE_URL } from '#test/simulator/sign-ins.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const signal = new AbortController().signal

function openApi(scene: SignedIn, vault: TokenVault = scene.vault, idleMs = 5_000): FeishuApi {
  const { simulator, clock } = scene
  const { openId } = simulator.signIns.person
  const api = createFeishuApi({
    baseUrl: simulator.baseUrl,
    credentials: { kind: 'user', ...DEMO_APP, openId, vault },
    clock,
    env: {},
    idleMs,
  })
  onTestFinished(() => api.close())
  return api
}

const list = (api: FeishuApi) => api.listFolder({ folderToken: '' }, { signal })

function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error instanceof TransferError ? error.code : error),
  )
}

const renewals = ({ simulator }: SignedIn) => simulator.callsTo('oauth/token').length - 1

describe('a person’s token', () => {
  it('is used from disk, and names the person and the app', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    expect(api.identity).toBe(scene.identity)
    await list(api)
    expect(renewals(scene)).toBe(0)
    expect(scene.simulator.calls.at(-1)).toMatchObject({ identity: 'user:ou_demo' })
  })

  it('is renewed five minutes before it ends, once for however many calls', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS - 5 * MINUTE_MS - 1)
    await list(api)
    expect(renewals(scene)).toBe(0)
    scene.advance(1)
    await Promise.all(Array.from({ length: 8 }, () => list(api)))
    expect(renewals(scene)).toBe(1)
    expect(scene.simulator.signIns.goodRefreshTokens).toBe(1)
  })

  it('goes on for days, and every pair is on disk before it is used', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    for (let hour = 0; hour < 48; hour += 2) {
      scene.advance(2 * HOUR_MS)
      await list(api)
    }
    expect(renewals(scene)).toBe(24)
    // Another process, started now, needs no renewal.
    await list(openApi(scene))
    expect(renewals(scene)).toBe(24)
  })

  it('is renewed at the newer endpoint when it came from there', async () => {
    const scene = await signIn()
    const tokens = await scene.vault.read()
    if (tokens !== undefined) await scene.vault.write({ ...tokens, issuer: 'v3' })
    const api = openApi(scene)
    for (const _ of [1, 2]) {
      scene.advance(2 * HOUR_MS)
      await list(api)
    }
    expect(renewals(scene)).toBe(0)
    expect(scene.simulator.callsTo('oauth/v3_token')).toHaveLength(2)
  })

  it('is renewed at once when Feishu refuses it, and the call is repeated', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    const { accessToken } = (await scene.vault.read()) ?? { accessToken: '' }
    scene.simulator.revokeToken(accessToken)
    await list(api)
    expect(renewals(scene)).toBe(1)
  })

  it.each([
    ['hours ahead', 5 * HOUR_MS],
    ['hours behind', -5 * HOUR_MS],
  ])('survives a clock that is %s, also when it is put right', async (_, skewMs) => {
    const scene = await signIn()
    scene.clock.ms += skewMs
    await scene.vault.write(await tokensOf(scene.simulator, scene.clock.nowMs))
    const api = openApi(scene)
    await list(api)
    scene.clock.ms -= skewMs
    await list(api)
    await list(openApi(scene))
    expect(
      scene.simulator.callsTo('files/list').every(({ code }) => code === 0 || code === 99991677),
    ).toBe(true)
    scene.advance(2 * HOUR_MS)
    await list(api)
    expect(scene.simulator.signIns.goodRefreshTokens).toBeGreaterThan(0)
  })
})

describe('a renewal that fails', () => {
  it('leaves the old token in use while it lives, and is not tried with every call', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    await list(api)
    scene.advance(2 * HOUR_MS - 4 * MINUTE_MS)
    const answer = { kind: 'answer', status: 500, code: 20050 } as const
    scene.simulator.faults.add({ endpoint: 'oauth/token', times: 'always', do: answer })
    for (let call = 0; call < 5; call++) await list(api)
    expect(renewals(scene)).toBe(1)
    scene.advance(4 * MINUTE_MS)
    expect(await codeOf(list(api))).toBe(20050)
    scene.simulator.faults.clear()
    await list(api)
  })

  it.each([20002, 20048, 20069, 20074, 99991400])(
    'with HTTP 400 and %i keeps the sign-in',
    async (code) => {
      const scene = await signIn()
      const api = openApi(scene)
      scene.advance(2 * HOUR_MS)
      scene.simulator.faults.add({
        endpoint: 'oauth/token',
        do: { kind: 'answer', status: 400, code },
      })
      expect(await codeOf(list(api))).toBe(code)
      await list(api)
      expect(renewals(scene)).toBe(2)
    },
  )

  it.each([
    ['gone', 20008],
    ['frozen', 20066],
  ] as const)('is not tried again and again for who is %s', async (standing, code) => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS)
    scene.simulator.signIns.setStanding('ou_demo', standing)
    for (let call = 0; call < 3; call++) expect(await codeOf(list(api))).toBe(code)
    expect(renewals(scene)).toBe(1)
  })

  it('names the page where a policy wants to be satisfied, and goes on after that', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS)
    scene.simulator.signIns.setStanding('ou_demo', 'challenged')
    const failure = await list(api).catch((error: unknown) => error as TransferError)
    const info = errorInfo(failure as TransferError, 0)
    expect(info).toMatchObject({ code: 21000, link: CHALLENGE_URL })
    for (const language of ['zh-CN', 'en'] as const) {
      expect(explain(info, language, { final: true }).remedy).toContain(CHALLENGE_URL)
    }
    scene.simulator.signIns.setStanding('ou_demo', undefined)
    await list(api)
  })

  it('is a lost answer: the token is burnt, which is said only after looking at the disk again', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS)
    scene.simulator.faults.add({ endpoint: 'oauth/token', do: { kind: 'lose-answer' } })
    expect(await codeOf(list(api))).toBe('connection-lost')
    expect(await codeOf(list(api))).toBe(20073)
    // A burnt token is not tried again and again.
    expect(await codeOf(list(api))).toBe(20073)
    expect(renewals(scene)).toBe(2)
    // Signed in again, by whichever process: no restart is needed.
    await scene.vault.write(await tokensOf(scene.simulator, scene.clock.nowMs))
    await list(api)
  })

  it('is a lost answer that never took effect: it is simply done again', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS)
    scene.simulator.faults.add({
      endpoint: 'oauth/token',
      do: { kind: 'reset', where: 'after-body' },
    })
    expect(await codeOf(list(api))).toBe('connection-lost')
    await list(api)
  })

  it('asks nobody to sign in while the old access token still works', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.simulator.signIns.revoke('ou_demo')
    scene.advance(2 * HOUR_MS - 4 * MINUTE_MS)
    await list(api)
    await list(api)
    expect(renewals(scene)).toBe(1)
    scene.advance(4 * MINUTE_MS)
    expect(await codeOf(list(api))).toBe(20064)
  })

  it('finds the pair that somebody else has put there meanwhile', async () => {
    const scene = await signIn()
    const other = await tokensOf(scene.simulator, scene.clock.nowMs)
    let looks = 0
    const vault: TokenVault = {
      ...scene.vault,
      async read() {
        looks += 1
        const found = await scene.vault.read()
        return looks === 1 ? found : other
      },
    }
    scene.simulator.signIns.revoke('ou_nobody')
    scene.simulator.faults.add({
      endpoint: 'oauth/token',
      do: { kind: 'answer', status: 400, code: 20064 },
    })
    scene.advance(2 * HOUR_MS)
    await list(openApi(scene, vault))
    expect(looks).toBeGreaterThan(1)
  })

  it('to be written is written before the pair is used, at the next call', async () => {
    const scene = await signIn()
    let isFull = true
    const vault: TokenVault = {
      ...scene.vault,
      async write(tokens) {
        if (isFull) throw new TransferError('disk-full')
        await scene.vault.write(tokens)
      },
    }
    const api = openApi(scene, vault)
    scene.advance(2 * HOUR_MS)
    expect(await codeOf(list(api))).toBe('disk-full')
    expect(await codeOf(list(api))).toBe('disk-full')
    isFull = false
    await list(api)
    expect(renewals(scene)).toBe(1)
    await list(openApi(scene))
    expect(renewals(scene)).toBe(1)
  })

  it('says that the account is signed out when it is', async () => {
    const scene = await signIn()
    scene.vault.forget()
    expect(await codeOf(list(openApi(scene)))).toBe('signed-out')
  })

  it('without offline_access asks to sign in when the token has ended, not before', async () => {
    const scene = await signIn({ scopes: ['space:document:retrieve'] })
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS - MINUTE_MS)
    await list(api)
    scene.advance(MINUTE_MS)
    expect(await codeOf(list(api))).toBe(20026)
    expect(renewals(scene)).toBe(0)
  })
})

describe('a renewal under way', () => {
  async function whileRenewing(meanwhile: (scene: SignedIn) => Promise<void> | void) {
    const scene = await signIn()
    scene.advance(2 * HOUR_MS)
    const gate = scene.simulator.hold({ endpoint: 'oauth/token', when: 'after-commit' })
    const call = codeOf(list(openApi(scene)))
    await gate.reached
    await meanwhile(scene)
    gate.release()
    return { scene, outcome: await call }
  }

  it('does not put back the tokens of who has signed out meanwhile', async () => {
    const { scene, outcome } = await whileRenewing(({ vault }) => vault.forget())
    expect(outcome).toBe('signed-out')
    expect(await scene.vault.read()).toBeUndefined()
  })

  it('does not replace those of who has signed in anew meanwhile, with further rights', async () => {
    const anew = {
      accessToken: 'u-anew',
      refreshToken: 'r-anew',
      lifeMs: 2 * HOUR_MS,
      clockOffsetMs: 0,
      scopes: [...SIGN_IN_SCOPES, 'bitable:app'],
    }
    const { scene } = await whileRenewing(({ vault, clock }) =>
      vault.write({ ...anew, askedAtMs: clock.nowMs() }),
    )
    expect(await scene.vault.read()).toMatchObject(anew)
  })
})

describe('closing', () => {
  it('lets a renewal under way come back and be stored', async () => {
    const scene = await signIn()
    const api = openApi(scene)
    scene.advance(2 * HOUR_MS)
    const gate = scene.simulator.hold({ endpoint: 'oauth/token', when: 'after-commit' })
    const call = codeOf(list(api))
    await gate.reached
    const closed = api.close()
    gate.release()
    await closed
    await call
    await list(openApi(scene))
    expect(renewals(scene)).toBe(1)
  })
})

describe('several of them on one machine', () => {
  it('never burn each other’s token, whatever happens to answers (any history)', async () => {
    const step = fc.record({
      hours: fc.constantFrom(0, 1, 2, 3),
      who: fc.constantFrom(0, 1, 2),
      fault: fc.constantFrom('none', 'busy', 'reset', 'late'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const scene = await signIn()
        const apis = [0, 1, 2].map(() => openApi(scene))
        for (const { hours, who, fault } of steps) {
          scene.advance(hours * HOUR_MS)
          if (fault === 'busy') {
            const busy = { kind: 'answer', status: 503, code: 20072 } as const
            scene.simulator.faults.add({ endpoint: 'oauth/token', do: busy })
          } else if (fault === 'reset') {
            const reset = { kind: 'reset', where: 'before-body' } as const
            scene.simulator.faults.add({ endpoint: 'oauth/token', do: reset })
          } else if (fault === 'late') {
            scene.simulator.faults.add({ endpoint: 'oauth/token', do: { kind: 'latency', ms: 5 } })
          }
          await Promise.all(
            [who, (who + 1) % 3].map((each) => codeOf(list(apis[each] as FeishuApi))),
          )
          scene.simulator.faults.clear()
        }
        expect(await codeOf(list(apis[0] as FeishuApi))).toBe('ok')
        expect(scene.simulator.signIns.goodRefreshTokens).toBe(1)
        await Promise.all(apis.map((api) => api.close()))
      }),
      { numRuns: 12 },
    )
  })
})

describe('what is on disk', () => {
  it('is sealed, for its owner only, and shows no token', async () => {
    const scene = await signIn()
    const folder = join(scene.home, 'accounts')
    const tokens = await scene.vault.read()
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'latin1')
      expect(text).not.toContain(tokens?.accessToken)
      expect(text).not.toContain(tokens?.refreshToken)
    }
  })

  it('that is damaged is named, and its content is not', async () => {
    const scene = await signIn()
    const { writeFileSync } = await import('node:fs')
    const folder = join(scene.home, 'accounts')
    const file = readdirSync(folder).find((name) => name.endsWith('.json')) ?? ''
    writeFileSync(join(folder, file), 'secret-ish rubbish')
    const error = await scene.vault.read().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'sign-in-damaged' })
    expect(String(error)).not.toContain('rubbish')
  })
})
