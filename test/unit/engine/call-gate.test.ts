import { describe, expect, it } from 'vitest'
import { type Admission, CallGate, type CallGateOptions } from '#main/engine/call-gate.ts'
import { CREATE_FOLDER, LIST_FOLDER, uploadEndpoint } from '#main/engine/endpoints.ts'
import type { CallContext } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { FakeClock, settle } from '#test/kit/fake-clock.ts'
import { aContext, aHold, failure, MemoryMemos, MemoryQuota } from './engine-kit.ts'

const PART = uploadEndpoint('files', 'upload_part')
const ALL = uploadEndpoint('files', 'upload_all')
const HOUR_MS = 3_600_000

function open(more: Partial<CallGateOptions> = {}) {
  const clock = new FakeClock()
  const quota = new MemoryQuota()
  const memos = new MemoryMemos()
  const options = { appKey: 'app', clock, quota, memos, lanes: 8, ...more }
  return { clock, quota, memos, options, gate: new CallGate(options) }
}

/** Asks for an admission and keeps what became of it. */
function ask(gate: CallGate, endpoint = PART, context: CallContext = aContext(), seq = 0) {
  const asked: { admission?: Admission; error?: unknown } = {}
  gate.admit(endpoint, context, seq).then(
    (admission) => {
      asked.admission = admission
    },
    (error: unknown) => {
      asked.error = error
    },
  )
  return asked
}

/** A call that leaves and comes back at once. */
async function callOnce(gate: CallGate, endpoint = PART, context: CallContext = aContext()) {
  const admission = await gate.admit(endpoint, context)
  admission.departed()
  admission.release()
}

describe('calls a second', () => {
  it('lets five leave at once, and the sixth a second and the margin after the first', async () => {
    const { gate, clock, quota } = open()
    const startMs = clock.nowMs()
    await clock.runUntil(Promise.all(Array.from({ length: 11 }, () => callOnce(gate))))
    const departures = quota.calls.map(({ atMs }) => atMs - startMs)
    expect(departures).toEqual([0, 0, 0, 0, 0, 1040, 1040, 1040, 1040, 1040, 2080])
  })

  it('counts from the departure, not from the admission', async () => {
    const { gate, clock } = open()
    const admissions = await Promise.all([1, 2, 3, 4, 5].map(() => gate.admit(PART, aContext())))
    await clock.advance(10_000)
    const sixth = ask(gate)
    await clock.advance(10_000)
    // None of the five is on the wire yet: nothing may be counted from a departure that has not been.
    expect(sixth.admission).toBeUndefined()
    admissions[0]?.departed()
    await clock.advance(1_039)
    expect(sixth.admission).toBeUndefined()
    await clock.advance(1)
    expect(sixth.admission).toBeDefined()
  })

  it('keeps endpoints apart', async () => {
    const { gate, clock } = open()
    await clock.runUntil(Promise.all(Array.from({ length: 5 }, () => callOnce(gate))))
    const part = ask(gate, PART)
    const all = ask(gate, ALL)
    await settle()
    expect(part.admission).toBeUndefined()
    expect(all.admission).toBeDefined()
  })

  it('counts a call that was released without having left', async () => {
    const { gate } = open()
    for (let call = 0; call < 5; call++) (await gate.admit(PART, aContext())).release()
    const sixth = ask(gate)
    await settle()
    expect(sixth.admission).toBeUndefined()
  })

  it('goes on from the ledger after a restart', async () => {
    const { gate, clock, options } = open()
    await callOnce(gate)
    await clock.advance(300)
    const restarted = new CallGate(options)
    const asked = ask(restarted)
    await clock.advance(739)
    expect(asked.admission).toBeUndefined()
    await clock.advance(1)
    expect(asked.admission).toBeDefined()
  })

  it('does not wait for a time in the future that a wrong clock left in the ledger', async () => {
    const { gate, clock, quota } = open()
    quota.pretend(1, PART.path, '2031-01-01', clock.nowMs() + 5 * 365 * 24 * HOUR_MS)
    const asked = ask(gate)
    await clock.advance(1_040)
    expect(asked.admission).toBeDefined()
  })

  it('goes on when the clock is set back', async () => {
    const { gate, clock } = open()
    await clock.runUntil(Promise.all(Array.from({ length: 5 }, () => callOnce(gate))))
    clock.setWallClock(clock.nowMs() - 8 * HOUR_MS)
    const asked = ask(gate)
    await clock.advance(1_040)
    expect(asked.admission).toBeDefined()
  })

  it('leaves room for other machines once Feishu has refused a call for the rate', async () => {
    const { gate, clock, quota } = open({ random: () => 0.5 })
    gate.refusedForRate(PART)
    const startMs = clock.nowMs()
    await clock.runUntil(Promise.all(Array.from({ length: 4 }, () => callOnce(gate))))
    const gaps = quota.calls.map(
      ({ atMs }, call) => atMs - (quota.calls[call - 1]?.atMs ?? startMs),
    )
    // One after another, further apart than a lone machine's 208 ms.
    for (const gapMs of gaps.slice(1)) expect(gapMs).toBeGreaterThan(250)
    expect(gate.share(PART)).toBeLessThan(4)
    expect(gate.share(ALL)).toBe(5)
  })

  it('remembers over a restart what others have left of the rate, for half an hour', async () => {
    const { gate, clock, options } = open()
    for (let refusal = 0; refusal < 20; refusal++) {
      gate.refusedForRate(PART)
      await clock.advance(10_000)
    }
    const share = gate.share(PART)
    expect(share).toBeLessThan(2)
    expect(new CallGate(options).share(PART)).toBeCloseTo(share, 0)
    await clock.advance(31 * 60_000)
    expect(new CallGate(options).share(PART)).toBe(5)
  })
})

describe('order', () => {
  it('goes by rank, then by seq, then by who asked first', async () => {
    const { gate, clock } = open({ lanes: 'serial' })
    const blocker = await gate.admit(ALL, aContext())
    const left: string[] = []
    const go = async (name: string, rank: number, seq: number) => {
      const admission = await gate.admit(PART, aContext(rank), seq)
      left.push(name)
      admission.release()
    }
    const all = Promise.all([go('b0', 2, 0), go('a1', 1, 1), go('a0', 1, 0), go('a0 again', 1, 0)])
    blocker.release()
    await clock.runUntil(all)
    expect(left).toEqual(['a0', 'a0 again', 'a1', 'b0'])
  })

  it('does not let a call that must wait keep back one of another endpoint', async () => {
    const { gate, clock } = open({ lanes: 'serial' })
    gate.hold(PART, aHold(clock, 60_000))
    const first = ask(gate, PART, aContext(0))
    const second = ask(gate, ALL, aContext(1))
    await settle()
    expect(first.admission).toBeUndefined()
    expect(second.admission).toBeDefined()
  })
})

describe('lanes', () => {
  it('serial: one call in flight over all endpoints that count', async () => {
    const { gate } = open({ lanes: 'serial' })
    const first = await gate.admit(PART, aContext())
    const others = [ask(gate, ALL), ask(gate, CREATE_FOLDER)]
    const listing = ask(gate, LIST_FOLDER)
    await settle()
    expect(others.map(({ admission }) => admission !== undefined)).toEqual([false, false])
    expect(listing.admission).toBeDefined()
    expect(gate.inFlight).toBe(1)
    first.release()
    await settle()
    expect(others.map(({ admission }) => admission !== undefined)).toEqual([true, false])
  })

  it('gives a lane back once, however often the call is released', async () => {
    const { gate } = open({ lanes: 2 })
    const first = await gate.admit(PART, aContext())
    await gate.admit(PART, aContext())
    first.release()
    first.release()
    expect(gate.inFlight).toBe(1)
    const others = [ask(gate), ask(gate)]
    await settle()
    expect(others.map(({ admission }) => admission !== undefined)).toEqual([true, false])
  })

  /** A server that answers after 300 ms, and refuses a call at once while another is under way. */
  async function callJealousServer(gate: CallGate, clock: FakeClock, calls: number) {
    let underWay = 0
    let collisions = 0
    const call = async (): Promise<void> => {
      const admission = await gate.admit(PART, aContext())
      admission.departed()
      const refused = underWay > 0
      underWay += 1
      await clock.sleep(refused ? 20 : 300)
      underWay -= 1
      if (refused) {
        collisions += 1
        gate.collided()
      } else {
        gate.succeeded(PART)
      }
      admission.release()
      if (refused) await call()
    }
    await clock.runUntil(Promise.all(Array.from({ length: calls }, call)))
    return collisions
  }

  it('finds out once that the server forbids two at a time, and believes it for a day', async () => {
    const { gate, clock, options } = open({ lanes: 'auto' })
    expect(await callJealousServer(gate, clock, 60)).toBe(1)
    expect(gate.lanes).toBe(1)

    const restarted = new CallGate(options)
    expect(await callJealousServer(restarted, clock, 60)).toBe(0)

    await clock.advance(25 * HOUR_MS)
    expect(await callJealousServer(restarted, clock, 60)).toBe(1)
    expect(await callJealousServer(new CallGate(options), clock, 60)).toBe(0)
  })

  it('takes more lanes as long as that makes it faster, and remembers how many', async () => {
    const { gate, clock, options } = open({ lanes: 'auto' })
    const call = async () => {
      const admission = await gate.admit(PART, aContext())
      admission.departed()
      await clock.sleep(600)
      gate.succeeded(PART)
      admission.release()
    }
    await clock.runUntil(Promise.all(Array.from({ length: 100 }, call)))
    // 5 a second of 0.6 s each: three at a time.
    expect(gate.lanes).toBeGreaterThanOrEqual(3)
    expect(gate.lanes).toBeLessThanOrEqual(4)
    // The next program knows this line, for a day.
    expect(new CallGate(options).lanes).toBeGreaterThanOrEqual(3)
    await clock.advance(25 * HOUR_MS)
    expect(new CallGate(options).lanes).toBe(1)
  })

  it('is not to blame for a collision while it was alone', async () => {
    const { gate } = open({ lanes: 'auto' })
    await gate.admit(PART, aContext())
    expect(gate.collided()).toBe(false)
  })

  it('has nothing to change where the person fixed the number', async () => {
    const { gate } = open({ lanes: 3 })
    await Promise.all([1, 2, 3].map(() => gate.admit(PART, aContext())))
    expect(gate.collided()).toBe(false)
    expect(gate.lanes).toBe(3)
  })

  it('survives that what it learnt can not be kept', async () => {
    const { gate, memos } = open({ lanes: 'auto' })
    memos.failure = failure('disk-full')
    await gate.admit(PART, aContext())
    await gate.admit(LIST_FOLDER, aContext())
    expect(() => gate.collided()).not.toThrow()
  })
})

describe('holds', () => {
  it('tells of the hold, and of its end', async () => {
    const { gate, clock } = open()
    const hold = aHold(clock, 7_000)
    gate.hold(PART, hold)
    const context = aContext()
    const asked = ask(gate, PART, context)
    await clock.advance(6_999)
    expect(asked.admission).toBeUndefined()
    expect(context.holds).toEqual([hold])
    await clock.advance(1)
    expect(asked.admission).toBeDefined()
    expect(context.holds).toEqual([hold, null])
  })

  it('tells that the hold is over even when a lane is missing still', async () => {
    const { gate, clock } = open({ lanes: 'serial' })
    gate.hold(PART, aHold(clock, 7_000))
    const contexts = [aContext(0), aContext(1)]
    for (const context of contexts) ask(gate, PART, context)
    await clock.advance(7_000)
    expect(contexts.map(({ holds }) => holds.at(-1))).toEqual([null, null])
  })

  it('is not cut short by a later refusal that asks for less', async () => {
    const { gate, clock } = open()
    gate.hold(PART, aHold(clock, 30_000))
    gate.hold(PART, aHold(clock, 1_000))
    const asked = ask(gate)
    await clock.advance(29_999)
    expect(asked.admission).toBeUndefined()
    await clock.advance(1)
    expect(asked.admission).toBeDefined()
  })

  it('holds one endpoint for a refusal, and all when nothing gets through', async () => {
    const { gate, clock } = open()
    gate.unreachable(aHold(clock, 4_000, 'dns-failed'))
    const asked = [ask(gate, PART), ask(gate, LIST_FOLDER)]
    await clock.advance(3_999)
    expect(asked.every(({ admission }) => admission === undefined)).toBe(true)
    await clock.advance(1)
    expect(asked.every(({ admission }) => admission !== undefined)).toBe(true)
  })

  it('opens for all as soon as any call gets through', async () => {
    const { gate, clock } = open()
    gate.unreachable(aHold(clock, 60_000, 'dns-failed'))
    const asked = ask(gate)
    await settle()
    gate.succeeded(ALL)
    await settle()
    expect(asked.admission).toBeDefined()
  })

  it('does not last longer because the clock is set back', async () => {
    const { gate, clock } = open()
    gate.hold(PART, aHold(clock, 10_000))
    const asked = ask(gate)
    await clock.advance(5_000)
    clock.setWallClock(clock.nowMs() - 8 * HOUR_MS)
    await clock.advance(20_000)
    expect(asked.admission).toBeDefined()
  })
})

describe('calls a day', () => {
  it('lets nobody wait when the day is used up, and says how long it is to midnight in Beijing', async () => {
    const { gate, clock, quota } = open()
    const nowMs = clock.nowMs()
    quota.pretend(9_999, PART.path, quotaDay(nowMs), nowMs - 5_000)
    await callOnce(gate)
    const asked = ask(gate, PART)
    await settle()
    const untilMs = nextQuotaDayMs(nowMs)
    const retryAfterMs = untilMs - clock.nowMs()
    expect(asked.error).toMatchObject({ code: 'daily-quota-used', context: { retryAfterMs } })
    await clock.advance(retryAfterMs)
    const again = ask(gate, PART)
    await settle()
    expect(again.admission).toBeDefined()
    expect(quota.calls.at(-1)?.dayKey).toBe(quotaDay(untilMs))
  })

  it('lets other endpoints go on', async () => {
    const { gate, clock, quota } = open()
    quota.pretend(10_000, PART.path, quotaDay(clock.nowMs()), 0)
    const asked = [ask(gate, PART), ask(gate, ALL)]
    await settle()
    expect(asked.map(({ admission }) => admission !== undefined)).toEqual([false, true])
  })

  it('counts a call before it leaves', async () => {
    const { gate, quota } = open()
    await gate.admit(PART, aContext())
    expect(quota.calls).toHaveLength(1)
  })
})

describe('who gives up', () => {
  it('rejects with the reason, and lets nothing leave for it', async () => {
    const { gate, clock, quota } = open()
    gate.hold(PART, aHold(clock, 1_000))
    const context = aContext()
    const asked = ask(gate, PART, context)
    context.stop.abort(new Error('enough'))
    await clock.advance(10_000)
    expect(asked.error).toEqual(new Error('enough'))
    expect(quota.calls).toEqual([])
    expect(gate.inFlight).toBe(0)
  })

  it('refuses at once who has stopped already', async () => {
    const { gate } = open()
    const context = aContext()
    context.stop.abort(new Error('enough'))
    expect(() => gate.admit(PART, context)).toThrow('enough')
  })

  it('lets nothing leave for somebody who stops while another is told of a hold', async () => {
    const { gate, clock, quota } = open()
    const other = aContext(1)
    const teller = aContext(0, (hold) => {
      if (hold === null) other.stop.abort(new Error('all stop'))
    })
    const blocker = await gate.admit(ALL, aContext())
    gate.unreachable(aHold(clock, 1_000))
    const told = ask(gate, PART, teller)
    const asked = ask(gate, ALL, other)
    await settle()
    blocker.release()
    await clock.advance(5_000)
    expect(told.admission).toBeDefined()
    expect(asked.error).toEqual(new Error('all stop'))
    expect(quota.calls.map(({ endpoint }) => endpoint)).toEqual([ALL.path, PART.path])
    expect(gate.inFlight).toBe(1)
  })
})

describe('a failing disk', () => {
  it('rejects only the call that could not be counted', async () => {
    const { gate, quota } = open()
    quota.countFailure = failure('disk-full')
    const first = ask(gate)
    await settle()
    quota.countFailure = undefined
    const second = ask(gate)
    await settle()
    expect(first.error).toBeInstanceOf(TransferError)
    expect(second.admission).toBeDefined()
    expect(gate.inFlight).toBe(1)
  })

  it('rejects who asks when the ledger can not be read, and leaves no one behind', async () => {
    const { gate, quota } = open({ lanes: 'serial' })
    quota.readFailure = failure('store-failed')
    const first = ask(gate)
    await settle()
    quota.readFailure = undefined
    const second = ask(gate)
    await settle()
    expect(first.error).toBeInstanceOf(TransferError)
    expect(second.admission).toBeDefined()
  })

  it('rejects who can not be told of a hold, and nobody else', async () => {
    const { gate, clock } = open({ lanes: 'serial' })
    const inFlight = await gate.admit(ALL, aContext())
    gate.hold(PART, aHold(clock, 1_000))
    const deaf = ask(
      gate,
      PART,
      aContext(0, () => {
        throw failure('disk-full')
      }),
    )
    const other = ask(gate, ALL, aContext(1))
    await settle()
    expect(() => inFlight.release()).not.toThrow()
    await clock.advance(2_000)
    expect(deaf.error).toBeInstanceOf(TransferError)
    expect(other.admission).toBeDefined()
    expect(gate.inFlight).toBe(1)
  })

  it('keeps no lane for who can not be told that the hold is over', async () => {
    const { gate, clock } = open({ lanes: 'serial' })
    gate.hold(PART, aHold(clock, 1_000))
    const deaf = ask(
      gate,
      PART,
      aContext(0, (hold) => {
        if (hold === null) throw failure('disk-full')
      }),
    )
    await clock.advance(2_000)
    const other = ask(gate, ALL)
    await settle()
    expect(deaf.error).toBeInstanceOf(TransferError)
    expect(other.admission).toBeDefined()
  })
})
