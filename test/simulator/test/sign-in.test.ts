import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DEFAULT_APP } from '../limits.ts'
import { CHALLENGE_URL } from '../sign-ins.ts'
import type { Simulator } from '../simulator.ts'
import { setUp } from './fixture.ts'
import type { RawClient } from './raw-client.ts'

const DAY_MS = 24 * 3_600_000
const REDIRECT = 'http://localhost:18640/callback'
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-000'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
const CLIENT = { client_id: DEFAULT_APP.id, client_secret: DEFAULT_APP.secret }
const SCOPES = 'offline_access drive:file:upload space:document:retrieve'

function authorizeLink(simulator: Simulator, change: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: DEFAULT_APP.id,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: SCOPES,
    state: 'xyz',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...change,
  })
  return `${simulator.baseUrl}/open-apis/authen/v1/authorize?${query}`
}

function codeFrom(simulator: Simulator, change: Record<string, string> = {}): string {
  const back = new URL(simulator.signIns.visit(authorizeLink(simulator, change)))
  return back.searchParams.get('code') ?? ''
}

function exchange(client: RawClient, code: string, change: Record<string, unknown> = {}) {
  return client.json('/authen/v2/oauth/token', {
    grant_type: 'authorization_code',
    ...CLIENT,
    code,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...change,
  })
}

function refresh(client: RawClient, refreshToken: unknown, change: Record<string, unknown> = {}) {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  return client.json('/authen/v2/oauth/token', { ...CLIENT, ...grant, ...change })
}

describe('the authorize page', () => {
  it('asks the person and sends the browser back with code and state', async () => {
    const { simulator } = await setUp()
    const page = await fetch(authorizeLink(simulator))
    expect(await page.text()).toContain('林晓')
    const allowed = await fetch(`${authorizeLink(simulator)}&decision=allow`, {
      redirect: 'manual',
    })
    const back = new URL(allowed.headers.get('location') ?? '')
    expect(back.origin + back.pathname).toBe(REDIRECT)
    expect(back.searchParams.get('state')).toBe('xyz')
    expect(back.searchParams.get('code')).toMatch(/^\S{20,}$/)
    const denied = new URL(simulator.signIns.visit(authorizeLink(simulator), 'deny'))
    expect(denied.searchParams.get('error')).toBe('access_denied')
  })

  it.each([
    ['an address that is not registered', { redirect_uri: 'http://localhost:9/callback' }, 20029],
    ['a scope the app does not have', { scope: 'drive:drive' }, 20027],
    ['an unknown app', { client_id: 'cli_who' }, 20048],
  ])('shows the error for %s and sends nobody anywhere', async (_, change, code) => {
    const { simulator } = await setUp()
    const options = { redirectUris: [REDIRECT], scopes: SCOPES.split(' ') }
    simulator.registerApp(DEFAULT_APP.id, DEFAULT_APP.secret, options)
    const page = await fetch(`${authorizeLink(simulator, change)}&decision=allow`, {
      redirect: 'manual',
    })
    expect(page.status).toBe(400)
    expect(await page.text()).toContain(String(code))
  })
})

describe('the token endpoint', () => {
  it('gives a flat answer whose token is the person’s', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    expect(json).toMatchObject({
      code: 0,
      expires_in: 7_200,
      refresh_token_expires_in: 604_800,
      scope: SCOPES,
      token_type: 'Bearer',
    })
    expect(json).not.toHaveProperty('data')
    client.token = String(json['access_token'])
    const { data } = await client.get('/authen/v1/user_info')
    expect(data).toMatchObject({ open_id: 'ou_demo', name: '林晓', en_name: 'Lin Xiao' })
    expect(simulator.calls.at(-1)).toMatchObject({ identity: 'user:ou_demo', app: 'cli_demo' })
  })

  it('takes a form as well', async () => {
    const { simulator, client } = await setUp()
    const fields = {
      grant_type: 'authorization_code',
      ...CLIENT,
      code: codeFrom(simulator),
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
    }
    const answer = await client.ask('/authen/v2/oauth/token', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    expect(answer.code).toBe(0)
  })

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 20049],
    ['no verifier', { code_verifier: undefined }, 20049],
    ['another redirect address', { redirect_uri: 'http://localhost:18641/callback' }, 20071],
    ['a wrong secret', { client_secret: 'x' }, 20002],
    ['no secret: there are no public clients', { client_secret: undefined }, 20002],
    ['an unknown code', { code: 'nope' }, 20003],
    ['another grant', { grant_type: 'password' }, 20036],
  ])('refuses a code with %s', async (_, change, code) => {
    const { simulator, client } = await setUp()
    const answer = await exchange(client, codeFrom(simulator), change)
    expect(answer).toMatchObject({ status: 400, code, json: { error: expect.any(String) } })
  })

  it('takes a code once, and for five minutes', async () => {
    const { simulator, client } = await setUp({ clock: { frozen: true } })
    const first = codeFrom(simulator)
    expect((await exchange(client, first)).code).toBe(0)
    expect((await exchange(client, first)).code).toBe(20065)
    const second = codeFrom(simulator)
    simulator.clock.advance(5 * 60_000)
    expect((await exchange(client, second)).code).toBe(20004)
  })

  it('gives no refresh token unless offline_access was asked for', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator, { scope: 'drive:file:upload' }))
    expect(json).not.toHaveProperty('refresh_token')
  })
})

describe('a refresh token', () => {
  it('works once; the access token before it lives on', async () => {
    const { simulator, client } = await setUp()
    const first = (await exchange(client, codeFrom(simulator))).json
    const second = await refresh(client, first['refresh_token'])
    expect(second.json).toMatchObject({ code: 0, scope: SCOPES })
    expect(second.json['refresh_token']).not.toBe(first['refresh_token'])
    expect(await refresh(client, first['refresh_token'])).toMatchObject({
      status: 400,
      code: 20073,
      json: { error: 'invalid_grant' },
    })
    client.token = String(first['access_token'])
    expect((await client.get('/drive/v1/files')).code).toBe(0)
  })

  it('is burnt by a call whose answer is lost', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    simulator.faults.add({ endpoint: 'oauth/token', do: { kind: 'lose-answer' } })
    await expect(refresh(client, json['refresh_token'])).rejects.toThrow()
    expect((await refresh(client, json['refresh_token'])).code).toBe(20073)
  })

  it('ends: unknown, revoked, expired, and a year after the person agreed', async () => {
    const { simulator, client } = await setUp({ clock: { frozen: true } })
    expect((await refresh(client, 'nope')).code).toBe(20026)
    const revoked = (await exchange(client, codeFrom(simulator))).json
    simulator.signIns.revoke('ou_demo')
    expect((await refresh(client, revoked['refresh_token'])).code).toBe(20064)
    const { json } = await exchange(client, codeFrom(simulator))
    simulator.clock.advance(7 * DAY_MS)
    expect((await refresh(client, json['refresh_token'])).code).toBe(20037)
    simulator.signIns.lifetimes.refreshMs = 400 * DAY_MS
    const old = (await exchange(client, codeFrom(simulator))).json
    simulator.clock.advance(365 * DAY_MS)
    expect((await refresh(client, old['refresh_token'])).code).toBe(20037)
  })

  it('is no use to another app', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    simulator.registerApp('cli_other', 'other')
    const other = { client_id: 'cli_other', client_secret: 'other' }
    expect((await refresh(client, json['refresh_token'], other)).code).toBe(20024)
  })

  it.each([
    ['gone', 20008, 20008],
    ['resigned', 20066, 20021],
    ['frozen', 20066, 20022],
    ['unregistered', 20066, 20023],
  ] as const)('is no use to who is %s, and user_info says so', async (standing, renewal, info) => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    simulator.signIns.setStanding('ou_demo', standing)
    expect((await refresh(client, json['refresh_token'])).code).toBe(renewal)
    client.token = String(json['access_token'])
    expect(await client.get('/authen/v1/user_info')).toMatchObject({ status: 200, code: info })
    simulator.signIns.setStanding('ou_demo', undefined)
    expect((await refresh(client, json['refresh_token'])).code).toBe(0)
  })

  it('waits for a challenge that a policy asks for, or is denied by it', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    simulator.signIns.setStanding('ou_demo', 'challenged')
    const challenge = await refresh(client, json['refresh_token'])
    expect(challenge).toMatchObject({ code: 21000, json: { challenge_url: CHALLENGE_URL } })
    simulator.signIns.setStanding('ou_demo', 'denied')
    expect((await refresh(client, json['refresh_token'])).code).toBe(21001)
  })

  it('is no use where the app may not refresh', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    simulator.registerApp(DEFAULT_APP.id, DEFAULT_APP.secret, { mayRefresh: false })
    expect((await refresh(client, json['refresh_token'])).code).toBe(20074)
  })
})

async function postForm(simulator: Simulator, path: string, fields: Record<string, string>) {
  const body = new URLSearchParams(fields)
  const response = await fetch(`${simulator.baseUrl}${path}`, { method: 'POST', body })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

describe('the device flow', () => {
  const open = async (simulator: Simulator, secret: string = DEFAULT_APP.secret) => {
    const basic = Buffer.from(`${DEFAULT_APP.id}:${secret}`).toString('base64')
    const response = await fetch(`${simulator.baseUrl}/oauth/v1/device_authorization`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ client_id: DEFAULT_APP.id, scope: SCOPES }),
    })
    return (await response.json()) as Record<string, string | number>
  }
  const grant = (deviceCode: unknown) => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    ...CLIENT,
    device_code: String(deviceCode),
  })
  const poll = (
    simulator: Simulator,
    deviceCode: unknown,
    path = '/open-apis/authen/v2/oauth/token',
  ) => postForm(simulator, path, grant(deviceCode))

  it('waits for the person, and asks for patience', async () => {
    const { simulator } = await setUp({ clock: { frozen: true } })
    const device = await open(simulator)
    expect(device).toMatchObject({ expires_in: 240, interval: 5 })
    const asked = await poll(simulator, device['device_code'])
    expect(asked).toMatchObject({ status: 400, json: { error: 'authorization_pending' } })
    expect((await poll(simulator, device['device_code'])).json['error']).toBe('slow_down')
    await fetch(`${device['verification_uri_complete']}&decision=allow`)
    simulator.clock.advance(5_000)
    expect((await poll(simulator, device['device_code'])).json).toMatchObject({ code: 0 })
    simulator.clock.advance(5_000)
    expect((await poll(simulator, device['device_code'])).json['error']).toBe('invalid_grant')
  })

  it('ends with a refusal, with time, and for a wrong secret', async () => {
    const { simulator } = await setUp({ clock: { frozen: true } })
    expect((await open(simulator, 'x'))['code']).toBe(20002)
    const denied = await open(simulator)
    simulator.signIns.decideDevice(String(denied['user_code']), 'deny')
    expect((await poll(simulator, denied['device_code'])).json['error']).toBe('access_denied')
    const late = await open(simulator)
    simulator.clock.advance(240_000)
    expect((await poll(simulator, late['device_code'])).json['error']).toBe('expired_token')
  })

  it('may live at the newer endpoint only, and takes no JSON', async () => {
    const { simulator, client } = await setUp()
    const { device_code: code } = await open(simulator)
    const json = await client.json('/authen/v2/oauth/token', grant(code))
    expect(json.code).toBe(20001)
    simulator.signIns.deviceGrantAt = ['v3']
    const unknown = { json: { code: 20036, error: 'unsupported_grant_type' } }
    expect(await poll(simulator, code)).toMatchObject(unknown)
    const answer = await poll(simulator, code, '/oauth/v3/token')
    expect(answer.json['error']).toBe('authorization_pending')
  })
})

describe('signing out', () => {
  it('ends the refresh token, and an access token where that is given', async () => {
    const { simulator, client } = await setUp()
    const { json } = await exchange(client, codeFrom(simulator))
    const revoke = (token: unknown) =>
      postForm(simulator, '/oauth/v1/revoke', { ...CLIENT, token: String(token) })
    expect((await revoke(json['refresh_token'])).json).toMatchObject({ code: 0 })
    expect((await refresh(client, json['refresh_token'])).code).toBe(20064)
    await revoke(json['access_token'])
    client.token = String(json['access_token'])
    expect((await client.get('/authen/v1/user_info')).code).toBe(99991668)
  })
})

describe('scopes', () => {
  it('lists those the app lacks, any one of which would do', async () => {
    const { simulator, client } = await setUp()
    simulator.registerApp(DEFAULT_APP.id, DEFAULT_APP.secret, { scopes: ['drive:file:upload'] })
    expect((await client.uploadAll(Buffer.from('x'))).code).toBe(0)
    const refused = await client.get('/drive/v1/files')
    expect(refused).toMatchObject({ status: 400, code: 99991672 })
    const { permission_violations } = refused.json['error'] as {
      permission_violations: { subject: string }[]
    }
    expect(permission_violations[0]?.subject).toBe('space:document:retrieve')
  })

  it('lists those the person has not granted', async () => {
    const { simulator, client } = await setUp()
    client.token = simulator.issueUserToken({ granted: new Set(['space:document:retrieve']) })
    expect((await client.get('/drive/v1/files')).code).toBe(0)
    expect(await client.uploadAll(Buffer.from('x'))).toMatchObject({
      code: 99991679,
      json: { error: { permission_violations: [{ subject: 'drive:file:upload' }, {}, {}] } },
    })
  })
})

describe('a person’s token', () => {
  it('uploads in parts, and nobody else may go on with the transaction', async () => {
    const { simulator, client } = await setUp({ blockSizeBytes: 1_024 })
    client.token = simulator.issueUserToken({ user: 'ou_1' })
    const { data } = await client.prepare(2_000)
    expect((await client.part(data['upload_id'], 0, Buffer.alloc(1_024))).code).toBe(0)
    client.token = simulator.issueUserToken({ user: 'ou_2' })
    expect((await client.part(data['upload_id'], 1, Buffer.alloc(976))).code).toBe(1062007)
    await client.signIn()
    expect((await client.finish(data['upload_id'], 2)).code).toBe(1062007)
    client.token = simulator.issueUserToken({ user: 'ou_1' })
    expect((await client.part(data['upload_id'], 1, Buffer.alloc(976))).code).toBe(0)
    expect((await client.finish(data['upload_id'], 2)).code).toBe(0)
  })
})
