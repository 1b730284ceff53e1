import { describe, expect, it } from 'vitest'
import { IdleDeadline, type IdleTimer } from '#main/feishu/http/idle-deadline.ts'

/** Time that moves only when told; rings what is due. */
function fakeTimer() {
  let nowMs = 0
  const waiting = new Map<object, { atMs: number; callback: () => void }>()
  const timer: IdleTimer = {
    nowMs: () => nowMs,
    after(ms, callback) {
      const key = {}
      waiting.set(key, { atMs: nowMs + ms, callback })
      return () => waiting.delete(key)
    },
  }
  const pass = (ms: number) => {
    const endMs = nowMs + ms
    for (;;) {
      const due = [...waiting].filter(([, { atMs }]) => atMs <= endMs)
      const next = due.toSorted((a, b) => a[1].atMs - b[1].atMs)[0]
      if (next === undefined) break
      nowMs = next[1].atMs
      waiting.delete(next[0])
      next[1].callback()
    }
    nowMs = endMs
  }
  return { timer, pass, waiting }
}

describe('IdleDeadline', () => {
  it('fires when nothing has moved for the idle time, not a moment sooner', () => {
    const { timer, pass } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    pass(59_999)
    expect(deadline.signal.aborted).toBe(false)
    pass(1)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('lets an upload take a day as long as a byte moves now and then', () => {
    const { timer, pass } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    for (let i = 0; i < 24 * 60; i++) {
      pass(59_000)
      deadline.sent()
    }
    expect(deadline.signal.aborted).toBe(false)
    pass(60_000)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('waits longer for the answer, by what a slow uplink needs for the body in the kernel', () => {
    const { timer, pass } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    deadline.bodyHandedOver(4 * 1024 * 1024)
    pass(60_000 + 256_000 - 1)
    expect(deadline.signal.aborted).toBe(false)
    pass(1)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('is strict once the answer has begun, and gives it the time its bytes need', () => {
    const { timer, pass } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    deadline.bodyHandedOver(4 * 1024 * 1024)
    pass(200_000)
    deadline.received(0)
    pass(59_999)
    deadline.received(16 * 1024)
    pass(1_000)
    expect(deadline.signal.aborted).toBe(false)
    pass(1)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('ends an answer that drips, however long each drop keeps coming', () => {
    const { timer, pass } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    for (let drop = 0; drop < 61; drop++) {
      pass(1_000)
      deadline.received(1)
    }
    expect(deadline.signal.aborted).toBe(false)
    pass(1_000)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('does not count the time our own bandwidth limit holds the body back', () => {
    const { timer, pass } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    pass(30_000)
    deadline.hold(true)
    pass(10 * 60_000)
    deadline.hold(false)
    pass(59_000)
    expect(deadline.signal.aborted).toBe(false)
    pass(1_000)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('leaves no timer behind when stopped, even if bytes still move', () => {
    const { timer, pass, waiting } = fakeTimer()
    const deadline = new IdleDeadline(60_000, timer)
    deadline.stop()
    deadline.bodyHandedOver(1)
    deadline.received(1)
    expect(waiting.size).toBe(0)
    pass(1_000_000)
    expect(deadline.signal.aborted).toBe(false)
  })
})
