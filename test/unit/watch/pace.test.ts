import { expect, it, vi } from 'vitest'
import { Pace, ReadingHold } from '#main/watch/settle/pace.ts'

function aPace() {
  const sleep = vi.fn(async (_ms: number) => {})
  const hold = new ReadingHold()
  let steadyMs = 0
  const pace = new Pace({ nowMs: Date.now, steadyMs: () => steadyMs, sleep }, hold)
  const { signal, abort } = withAbort()
  const readFor = (ms: number) =>
    pace.read(signal, async () => {
      // A disk at work for so long.
      steadyMs += ms
      await pace.rest(1, signal)
    })
  return { pace, hold, sleep, signal, abort, readFor }
}

function withAbort() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort(new Error('stopped')) }
}

it('reading in the background rests four times as long as it reads', async () => {
  const { sleep, readFor } = aPace()
  await readFor(30)
  expect(sleep).not.toHaveBeenCalled()
  await readFor(30)
  expect(sleep).toHaveBeenCalledOnce()
  expect(sleep.mock.calls[0]?.[0]).toBeGreaterThanOrEqual(4 * 60)
  await readFor(10)
  expect(sleep).toHaveBeenCalledOnce()
})

it('it does not rest where a person waits for it', async () => {
  const { pace, sleep, readFor } = aPace()
  pace.isUrgent = true
  await readFor(120)
  expect(sleep).not.toHaveBeenCalled()
})

it('it is held in the middle of a file, and goes on', async () => {
  const { pace, hold, signal } = aPace()
  const seen: string[] = []
  const file = pace.read(signal, async () => {
    seen.push('half')
    hold.set(true)
    await pace.rest(1, signal)
    seen.push('whole')
  })
  const next = pace.read(signal, async () => seen.push('next'))
  await new Promise(setImmediate)
  expect(seen).toEqual(['half'])
  hold.set(false)
  await Promise.all([file, next])
  expect(seen).toEqual(['half', 'whole', 'next'])
})

it('it ends while it is held when everything is stopped', async () => {
  const { pace, hold, signal, abort } = aPace()
  hold.set(true)
  const file = pace.read(signal, async () => 'read')
  const outcome = expect(file).rejects.toThrow('stopped')
  await new Promise(setImmediate)
  abort()
  await outcome
})
