import { describe, expect, it } from 'vitest'
import { setUp } from './fixture.ts'

const MINUTE_MS = 60 * 1000

describe('tenant_access_token', () => {
  it('is valid for two hours and repeated while half an hour is left', async () => {
    const { simulator, client } = await setUp({ clock: { frozen: true } })
    const first = client.token
    expect(first).toMatch(/^t-/)
    simulator.clock.advance(90 * MINUTE_MS)
    const again = await client.signIn()
    expect(again.json).toMatchObject({ code: 0, tenant_access_token: first, expire: 30 * 60 })
    simulator.clock.advance(1)
    await client.signIn()
    expect(client.token).not.toBe(first)
    // Both are good until they expire.
    const second = client.token
    client.token = first
    expect((await client.get('/drive/v1/files')).code).toBe(0)
    simulator.clock.advance(30 * MINUTE_MS)
    expect(await client.get('/drive/v1/files')).toMatchObject({ status: 400, code: 99991663 })
    client.token = second
    expect((await client.get('/drive/v1/files')).code).toBe(0)
  })

  it('lives as long as the simulator is told', async () => {
    const { client } = await setUp({ tokenLifeMs: 5 * MINUTE_MS })
    const { json } = await client.signIn()
    expect(json['expire']).toBeLessThanOrEqual(5 * 60)
  })

  it.each([
    ['a wrong secret', { app_id: 'cli_demo', app_secret: 'x' }, 10014],
    ['an unknown app', { app_id: 'cli_who', app_secret: 'x' }, 10014],
    ['an App ID of another form', { app_id: 'demo', app_secret: 'x' }, 10003],
    ['no secret', { app_id: 'cli_demo' }, 10003],
  ])('is refused for %s, with HTTP 200', async (_, body, code) => {
    const { client } = await setUp()
    const answer = await client.json('/auth/v3/tenant_access_token/internal', body)
    expect(answer).toMatchObject({ status: 200, code })
  })

  it('is given to every registered app', async () => {
    const { simulator, client } = await setUp()
    simulator.registerApp('cli_second', 'other')
    expect((await client.signIn({ id: 'cli_second', secret: 'other' })).code).toBe(0)
    await client.get('/drive/v1/files')
    expect(simulator.calls.at(-1)).toMatchObject({ app: 'cli_second', identity: 'app:cli_second' })
  })
})

describe('the Authorization header', () => {
  it.each([
    ['is missing', {}, 400, 99991661],
    ['is no bearer token', { authorization: 'Basic eDp5' }, 400, 99991671],
    ['holds an unknown tenant token', { authorization: 'Bearer t-x' }, 400, 99991663],
    ['holds an unknown user token', { authorization: 'Bearer u-x' }, 401, 99991668],
  ])('%s', async (_, headers: Record<string, string>, status, code) => {
    const { client } = await setUp()
    client.token = ''
    const answer = await client.ask('/drive/v1/files', { method: 'GET', headers })
    expect(answer).toMatchObject({ status, code })
  })

  it('holds a user token, until it expires or is revoked', async () => {
    const { simulator, client } = await setUp({ clock: { frozen: true } })
    client.token = simulator.issueUserToken({ user: 'ou_1', lifeMs: 1_000 })
    expect((await client.get('/drive/v1/files')).code).toBe(0)
    expect(simulator.calls.at(-1)).toMatchObject({ app: 'cli_demo', identity: 'user:ou_1' })
    simulator.clock.advance(1_000)
    expect(await client.get('/drive/v1/files')).toMatchObject({ status: 401, code: 99991677 })
    client.token = simulator.issueUserToken()
    simulator.revokeToken(client.token)
    expect((await client.get('/drive/v1/files')).code).toBe(99991668)
  })
})

describe('every answer', () => {
  it('has a log id of its own, and the date of the simulated clock', async () => {
    const startMs = Date.UTC(2030, 0, 2, 3, 4, 5)
    const { simulator, client } = await setUp({ clock: { startMs, frozen: true } })
    const first = await client.get('/drive/v1/files')
    expect(first.headers['date']).toBe('Wed, 02 Jan 2030 03:04:05 GMT')
    simulator.clock.advance(60_000)
    client.token = 't-x'
    const second = await client.get('/drive/v1/files')
    expect(second.headers['date']).toBe('Wed, 02 Jan 2030 03:05:05 GMT')
    expect(second.json).toMatchObject({ error: { log_id: second.headers['x-tt-logid'] } })
    expect(second.headers['x-tt-logid']).not.toBe(first.headers['x-tt-logid'])
  })

  it('to an unknown path is a plain 404, whatever the body', async () => {
    const { client } = await setUp()
    const init = { headers: { 'content-type': 'text/weird' }, body: 'x' }
    const answer = await client.send('/drive/v1/files/upload_complete', init)
    expect(answer).toMatchObject({ status: 404, text: '404 page not found' })
  })
})
