/** `feidi doctor`: what it finds, line by line. */
import { describe, expect, it } from 'vitest'
import type { FeidiResult } from '#test/kit/feidi/feidi-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'

interface Check {
  readonly check: string
  readonly ok: boolean
  readonly permissions?: { purpose: string; state: string }[]
  readonly error?: { code: unknown; message: string; missingScopes?: string[] }
}

function checksOf({ lines }: FeidiResult): Record<string, Check> {
  const checks = lines.filter(({ type }) => type === 'check') as unknown as Check[]
  return Object.fromEntries(checks.map((check) => [check.check, check]))
}

describe('feidi doctor', () => {
  it('finds everything in order, without using up a call of an upload', async (test) => {
    const scene = await openScene(test)
    const result = await scene.run(['doctor', '--to', scene.to])
    expect(result.exitCode).toBe(0)
    const checks = checksOf(result)
    expect(Object.keys(checks)).toEqual([
      ...['home', 'disk', 'network', 'clock', 'credentials', 'scopes', 'destination', 'quota'],
    ])
    expect(Object.values(checks).every(({ ok }) => ok)).toBe(true)
    const states = checks['scopes']?.permissions?.map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['works']))
    expect(checks['quota']).toMatchObject({ left: 10_000 })
    expect(result.stdout).not.toContain(DEFAULT_APP.secret)
  }, 60_000)

  it('names what is wrong: a secret, a scope, a place, the line', async (test) => {
    const scene = await openScene(test)
    const wrongSecret = await scene.run(['doctor'], { env: { FEIDI_APP_SECRET: 'wrong-secret' } })
    expect(wrongSecret.exitCode).toBe(3)
    expect(checksOf(wrongSecret)['credentials']).toMatchObject({
      ok: false,
      error: { code: 10014 },
    })

    scene.simulator.registerApp(DEFAULT_APP.id, DEFAULT_APP.secret, { scopes: [] })
    const noScopes = await scene.run(['doctor', '--to', scene.to], {
      env: { FEIDI_SHARED_LIMITER: 'redis://127.0.0.1:9' },
    })
    expect(noScopes.exitCode).toBe(3)
    const { error } = checksOf(noScopes)['destination'] ?? {}
    expect(checksOf(noScopes)['limiter']).toMatchObject({ error: { code: 'limiter-unreachable' } })
    expect(error?.missingScopes?.length).toBeGreaterThan(0)
    expect(error?.message).toContain(error?.missingScopes?.[0])
    // The line of its permissions says where they are added.
    const said = await scene.start(['doctor'], {}).ended
    expect(said.stdout).toContain(`/app/${DEFAULT_APP.id}/auth?q=drive%3Afile%3Aupload`)

    const offline = await scene.run(['doctor'], { env: { FEIDI_BASE_URL: 'http://127.0.0.1:9' } })
    expect(offline.exitCode).toBe(2)
    expect(checksOf(offline)['network']).toMatchObject({ error: { code: 'connection-refused' } })
  }, 120_000)

  it('speaks both languages to a person', async (test) => {
    const scene = await openScene(test)
    const chinese = await scene.start(['--lang', 'zh-CN', 'doctor'], {}).ended
    expect(chinese.stdout).toMatch(/正常\s+登录凭证/)
    const nobody = await scene.start(['doctor'], { env: { FEIDI_APP_ID: '' } }).ended
    expect(nobody.exitCode).toBe(3)
    expect(nobody.stdout).toContain('problem Credentials')
    expect(nobody.stdout).toContain('Sign in to Feidi')
  }, 120_000)
})
