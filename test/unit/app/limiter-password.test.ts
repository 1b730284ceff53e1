import { expect, it } from 'vitest'
import { limiterPassword } from '#main/app/shared-tools.ts'

it('sends the limiter’s password to the address in the environment, and to no other', () => {
  const own = 'rediss://limits.example.com:6379'
  const env = { FEIDI_SHARED_LIMITER: own, FEIDI_LIMITER_PASSWORD: 'secret' }
  expect(limiterPassword(own, env)).toBe('secret')
  expect(limiterPassword('rediss://elsewhere.example.net:6379', env)).toBeUndefined()
  expect(
    limiterPassword('redis://127.0.0.1:1', { FEIDI_LIMITER_PASSWORD: 'secret' }),
  ).toBeUndefined()
  expect(limiterPassword(undefined, { FEIDI_LIMITER_PASSWORD: 'secret' })).toBeUndefined()
})
