import { CallGate } from '#main/engine/call-gate.ts'
import { uploadEndpoint } from '#main/engine/endpoints.ts'
import { systemClock } from '#main/lib/clock.ts'
import { redisLimiter } from '#main/store/shared-limiter.ts'
import { LIMITERS } from '#test/kit/fleet/limiters.ts'
import { redisMissing, startRedis } from '#test/kit/redis-server.ts'
import { aContext, MemoryMemos, MemoryQuota } from '#test/unit/engine/engine-kit.ts'
import { atLeast, type Benchmark, below } from '../figure.ts'

const PART = uploadEndpoint('files', 'upload_part')
const MACHINES = 10
const SETTLING_MS = 5_000
const ANSWER_MS = 200

/** Ten machines, each with a gate of its own, share one app through a real Redis, in real time. */
export const sharedLimiter: Benchmark = {
  name: 'shared-limiter',
  async run({ quick }) {
    const missing = redisMissing()
    if (missing !== undefined)
      return [{ name: 'shared limiter', measured: `not measured: ${missing}` }]
    const server = await startRedis()
    const admits = LIMITERS.sliding(5)
    const stop = new AbortController()
    const fromMs = performance.now() + SETTLING_MS
    let accepted = 0
    let refused = 0
    const machine = async () => {
      const limiter = redisLimiter({ url: server.url, password: undefined, appKey: 'bench' })
      const stores = { quota: new MemoryQuota(), memos: new MemoryMemos() }
      const gate = new CallGate({
        ...{ appKey: 'bench', clock: systemClock, lanes: 4, limiter },
        ...stores,
      })
      const context = { ...aContext(), stopping: stop.signal }
      const underWay = new Set<Promise<void>>()
      while (!stop.signal.aborted) {
        const admission = await gate.admit(PART, context).catch(() => undefined)
        if (admission === undefined) break
        admission.departed()
        const isAccepted = admits(performance.now())
        if (performance.now() > fromMs) isAccepted ? accepted++ : refused++
        const answer = systemClock.sleep(ANSWER_MS).then(() => {
          if (isAccepted) gate.succeeded(PART)
          else gate.refusedForRate(PART)
          admission.release()
          underWay.delete(answer)
        })
        underWay.add(answer)
      }
      await Promise.all(underWay)
      limiter.close()
    }
    const seconds = quick ? 10 : 30
    const machines = Promise.all(Array.from({ length: MACHINES }, machine))
    await systemClock.sleep(SETTLING_MS + seconds * 1_000)
    stop.abort(new Error('measured'))
    await machines
    await server.kill()
    const perSecond = accepted / seconds
    const part = refused / (accepted + refused)
    return [
      {
        name: `${MACHINES} machines through Redis: calls together`,
        measured: `${perSecond.toFixed(2)} / s`,
        goal: atLeast(perSecond, 4.7),
      },
      {
        name: `${MACHINES} machines through Redis: refused`,
        measured: `${(100 * part).toFixed(2)}%`,
        goal: below(part, 0.005, '< 0.5%'),
      },
    ]
  },
}
