import { describe, expect, it } from 'vitest'
import { KeyedLock } from '#main/lib/keyed-lock.ts'
import { settle } from '#test/kit/fake-clock.ts'

describe('KeyedLock', () => {
  it('lets one work at a time, in the order of asking', async () => {
    const lock = new KeyedLock()
    const log: string[] = []
    const work = (name: string) => async () => {
      log.push(`${name} in`)
      await settle()
      log.push(`${name} out`)
      return name
    }
    const results = await Promise.all(['a', 'b', 'c'].map((name) => lock.hold('key', work(name))))
    expect(results).toEqual(['a', 'b', 'c'])
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
  })

  it('keeps keys apart', async () => {
    const lock = new KeyedLock()
    const gate = Promise.withResolvers<void>()
    const held = lock.hold('a', () => gate.promise)
    expect(await lock.hold('b', async () => 'free')).toBe('free')
    gate.resolve()
    await held
  })

  it('passes a failure on to who failed, and the lock to the next', async () => {
    const lock = new KeyedLock()
    const failing = lock.hold('key', async () => {
      throw new Error('mine')
    })
    const next = lock.hold('key', async () => 'next')
    await expect(failing).rejects.toThrow('mine')
    expect(await next).toBe('next')
  })

  it('is not waited for by who has been stopped, and is nobody else’s for that', async () => {
    const lock = new KeyedLock()
    const gate = Promise.withResolvers<void>()
    const log: string[] = []
    const note = (name: string) => async () => void log.push(name)
    const first = lock.hold('key', async () => {
      await gate.promise
      log.push('first')
    })
    const stop = new AbortController()
    const stopped = lock.hold('key', note('stopped'), stop.signal)
    const third = lock.hold('key', note('third'))
    stop.abort(new Error('stopped'))
    await expect(stopped).rejects.toThrow('stopped')
    await settle()
    expect(log).toEqual([])
    gate.resolve()
    await Promise.all([first, third])
    expect(log).toEqual(['first', 'third'])
  })

  it('keeps order for who comes while it is handed on', async () => {
    const lock = new KeyedLock()
    const log: number[] = []
    let late: Promise<void> | undefined
    const first = lock.hold('key', async () => {
      log.push(1)
    })
    const second = lock.hold('key', async () => {
      late = lock.hold('key', async () => {
        log.push(3)
      })
      await settle()
      log.push(2)
    })
    await Promise.all([first, second])
    await late
    expect(log).toEqual([1, 2, 3])
  })
})
