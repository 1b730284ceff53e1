import { describe, expect, it } from 'vitest'
import { CallGate } from '#main/engine/call-gate.ts'
import { uploadEndpoint } from '#main/engine/endpoints.ts'
import type { Reservation, SharedLimiter } from '#main/engine/ports.ts'
import { FakeClock, settle } from '#test/kit/fake-clock.ts'
import { aContext, MemoryMemos, MemoryQuota } from './engine-kit.ts'

const PART = uploadEndpoint('files', 'upload_part')

/** A gate whose limiter gives these answers in turn, the last one again and again. */
function open(...answers: (Reservation | undefined)[]) {
  const clock = new FakeClock()
  const quota = new MemoryQuota()
  let asked = 0
  const limiter: SharedLimiter = {
    reserve: async () => answers[Math.min(asked++, answers.length - 1)],
    close: () => {},
  }
  const memos = new MemoryMemos()
  const gate = new CallGate({ appKey: 'app', clock, quota, memos, lanes: 8, limiter })
  const startMs = clock.nowMs()
  const call = async () => {
    const admission = await gate.admit(PART, aContext())
    admission.departed()
    admission.release()
    return clock.nowMs() - startMs
  }
  return { clock, gate, call, asked: () => asked }
}

describe('turns that a limiter gives', () => {
  it('are kept, one call for each', async () => {
    const { clock, call, asked } = open({ kind: 'go', waitMs: 700 })
    const times = await clock.runUntil(Promise.all([call(), call()]))
    expect(times).toEqual([700, 1_400])
    expect(asked()).toBe(2)
  })

  it('are asked for again when one could not be used in time', async () => {
    const { clock, gate, call, asked } = open({ kind: 'go', waitMs: 100 })
    const context = aContext()
    const abandoned = gate.admit(PART, context).catch(() => {})
    await settle()
    context.stop.abort(new Error('stop'))
    await abandoned
    await clock.advance(5_000)
    expect(await clock.runUntil(call())).toBe(5_100)
    expect(asked()).toBe(2)
  })

  it('are done without when the limiter cannot be reached', async () => {
    const { clock, call } = open(undefined)
    const times = await clock.runUntil(Promise.all(Array.from({ length: 6 }, call)))
    expect(times).toEqual([0, 0, 0, 0, 0, 1_040])
  })

  it('count for more than a share that was found while the limiter was away', async () => {
    const { clock, gate, call } = open(undefined, { kind: 'go', waitMs: 10 })
    for (let refusal = 0; refusal < 30; refusal++) gate.refusedForRate(PART)
    await clock.advance(60_000)
    await clock.runUntil(call())
    expect(gate.share(PART)).toBeLessThan(1)
    const sinceMs = clock.nowMs()
    await clock.runUntil(call())
    expect(clock.nowMs() - sinceMs).toBeLessThan(100)
  })

  it('end with the day of all machines', async () => {
    const { call } = open({ kind: 'day-used', retryAfterMs: 9_000 })
    await expect(call()).rejects.toMatchObject({
      code: 'daily-quota-used',
      context: { retryAfterMs: 9_000 },
    })
  })
})
