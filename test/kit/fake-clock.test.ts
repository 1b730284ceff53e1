import { pbkdf2 } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'

/** Jobs for the threads that also read from the disk. */
function keepTheThreadsBusy(): void {
  for (let job = 0; job < 8; job++) pbkdf2('password', 'salt', 20_000, 64, 'sha512', () => {})
}

it('lets no time pass while the disk is asked', async () => {
  const clock = new FakeClock()
  const alarm = clock.sleep(3_600_000)
  keepTheThreadsBusy()
  await clock.runUntil(readFile('package.json'))
  expect(clock.steadyMs()).toBe(0)
  await clock.runUntil(alarm)
  expect(clock.steadyMs()).toBe(3_600_000)
})

it('says when a test waits for what does not come', async () => {
  await expect(new FakeClock().runUntil(new Promise(() => {}))).rejects.toThrow('stalled')
})
