import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LIMITER_PART, LimiterKeeper } from '#main/app/limiter-keeper.ts'
import { Policy } from '#main/app/policy/policy.ts'
import { SealedText } from '#main/app/sealed-text.ts'
import { SettingsKeeper } from '#main/app/settings-keeper.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { tempFolder } from '../watch/watch-kit.ts'

const URL = 'rediss://limits.example.com:6379'

function open(home: string, given?: string) {
  const file = openSettings(home)
  const settings = new SettingsKeeper(file, Policy.none)
  const sealed = new SealedText(file, LIMITER_PART, keyFileBox(home))
  return { settings, limiter: new LimiterKeeper(settings, sealed, given), path: file.path }
}

it('the password of a limiter is kept sealed, and goes to its own address alone', async () => {
  const home = tempFolder()
  const { limiter, path } = open(home)
  await limiter.set({ url: URL, password: 'correct-horse' })
  expect(readFileSync(path, 'utf8')).not.toContain('correct-horse')
  const next = open(home)
  expect(next.limiter.view).toEqual({ url: URL, hasPassword: true, source: 'stored' })
  expect(await next.limiter.passwordFor(URL)).toBe('correct-horse')
  // A page changes the address by another way than the form.
  next.settings.change({ limits: { callsPerDay: null, shared: 'rediss://evil.example' } })
  expect(await next.limiter.passwordFor('rediss://evil.example')).toBeUndefined()
  await next.limiter.set({ url: 'rediss://evil.example' })
  expect(await open(home).limiter.passwordFor(URL)).toBeUndefined()
})

it('the password stays when only the rest is saved, and goes when it is taken back', async () => {
  const home = tempFolder()
  const { limiter } = open(home)
  await limiter.set({ url: URL, password: 'correct-horse' })
  await limiter.set({ url: URL })
  expect(await open(home).limiter.passwordFor(URL)).toBe('correct-horse')
  await limiter.set({ url: URL, password: null })
  expect(await open(home).limiter.passwordFor(URL)).toBeUndefined()
  await limiter.set({ url: null })
  expect(open(home).limiter.view.source).toBe('none')
  await expect(limiter.set({ url: 'redis://elsewhere.example' })).rejects.toMatchObject({
    code: 'limiter-invalid',
  })
  expect(open(home, 'redis://127.0.0.1').limiter.view.source).toBe('environment')
})
