import { describe, expect, it } from 'vitest'
import { Paced } from '#main/destination/rhythms.ts'
import type { CallContext } from '#main/engine/ports.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'

function contextOf(signal = new AbortController().signal): CallContext {
  return { rank: 0, stopping: signal, aborted: signal, onHold: () => {} }
}

describe('writes to one place', () => {
  it('come one after another, with a pause between the end of one and the next', async () => {
    const clock = new FakeClock()
    const paced = new Paced(clock, 600)
    const times: number[] = []
    const beganAtMs = clock.nowMs()
    const write = () =>
      paced.hold('tbl1', contextOf(), async () => {
        times.push(clock.nowMs() - beganAtMs)
        await clock.sleep(100)
      })
    await clock.runUntil(Promise.all([write(), write(), write()]))
    expect(times).toEqual([0, 700, 1_400])
  })

  it('do not wait for those to another', async () => {
    const clock = new FakeClock()
    const paced = new Paced(clock, 600)
    const beganAtMs = clock.nowMs()
    const write = (place: string) => paced.hold(place, contextOf(), async () => clock.nowMs())
    const [one, other] = await clock.runUntil(Promise.all([write('tbl1'), write('tbl2')]))
    expect([one, other]).toEqual([beganAtMs, beganAtMs])
  })

  it('are not made by whoever was stopped while waiting, and the next goes on', async () => {
    const clock = new FakeClock()
    const paced = new Paced(clock, 600)
    const stop = new AbortController()
    const first = paced.hold('tbl1', contextOf(), async () => clock.sleep(100))
    const stopped = paced.hold('tbl1', contextOf(stop.signal), async () => 'made')
    const next = paced.hold('tbl1', contextOf(), async () => 'made')
    stopped.catch(() => {})
    stop.abort(new Error('stop'))
    await clock.runUntil(first)
    await expect(stopped).rejects.toThrow('stop')
    expect(await clock.runUntil(next)).toBe('made')
  })

  it('go on when one fails', async () => {
    const clock = new FakeClock()
    const paced = new Paced(clock, 0)
    const failing = paced.hold('tbl1', contextOf(), () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await paced.hold('tbl1', contextOf(), async () => 'made')).toBe('made')
  })
})
