import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Awake } from '#main/desktop/awake.ts'
import { aRow } from '../contract/live-kit.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched() {
  const held = new Set<number>()
  let begun = 0
  const awake = new Awake({
    start(type) {
      expect(type).toBe('prevent-app-suspension')
      held.add(++begun)
      return begun
    },
    stop: (id) => held.delete(id),
  })
  const follow = (inFlightBytes: number) =>
    awake.follow({ rows: { a: { ...aRow('a', { kind: 'sending' }), inFlightBytes } } })
  return { awake, follow, held, begun: () => begun }
}

describe('the machine', () => {
  it('is kept awake from part to part, without letting go between them', () => {
    const { follow, held, begun } = watched()
    for (const inFlightBytes of [100, 0, 100, 0, 100]) {
      follow(inFlightBytes)
      vi.advanceTimersByTime(200)
      expect(held.size).toBe(1)
    }
    expect(begun()).toBe(1)
  })

  it('may sleep within a second after the last byte', () => {
    const { follow, held } = watched()
    follow(100)
    follow(0)
    follow(0)
    vi.advanceTimersByTime(999)
    expect(held.size).toBe(0)
  })

  it('may sleep when nothing has moved, and at once when Feidi quits', () => {
    const { awake, follow, held } = watched()
    follow(0)
    expect(held.size).toBe(0)
    follow(100)
    awake.release()
    expect(held.size).toBe(0)
  })
})
