import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { createSecureContext, createServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { uploadEndpoint } from '#main/engine/endpoints.ts'
import type { Reservation, SharedLimiter } from '#main/engine/ports.ts'
import { parseLimiterUrl, redisLimiter } from '#main/store/shared-limiter.ts'
import { makeCertificates } from '#test/faults/feishu/certificates.ts'
import { steadyMsUntil } from '#test/kit/feidi/steady-steps.ts'
import { type RedisServer, redisMissing, startRedis } from '#test/kit/redis-server.ts'

const PART = uploadEndpoint('files', 'upload_part')
const PASSWORD = 'correct horse'.replace(' ', '-')
const missing = redisMissing()

describe('the address', () => {
  it.each([
    'rediss://limits.example.com:6380/2',
    'rediss://feidi@limits.example.com',
    'redis://127.0.0.1:6379',
    'redis://localhost',
    'redis://[::1]:7000',
  ])('%s is taken', (url) => expect(parseLimiterUrl(url).href).toContain('redis'))

  it.each([
    ['in the clear', 'redis://limits.example.com'],
    ['in the clear, by a name that only begins like ours', 'redis://127.0.0.1.example.com'],
    ['with a password', 'rediss://feidi:secret@limits.example.com'],
    ['of something else', 'https://limits.example.com'],
    ['of nothing', 'limits'],
  ])('%s is refused', (_, url) =>
    expect(() => parseLimiterUrl(url)).toThrow(
      expect.objectContaining({ code: 'limiter-invalid' }),
    ),
  )
})

describe.skipIf(missing !== undefined)(`a limiter in Redis ${missing ?? ''}`, () => {
  let server: RedisServer
  let limiters: SharedLimiter[]

  beforeEach(async () => {
    server = await startRedis(PASSWORD)
    limiters = []
  })
  afterEach(async () => {
    for (const limiter of limiters) limiter.close()
    await server.kill()
  })

  function open(password = PASSWORD, appKey = 'app'): SharedLimiter {
    const limiter = redisLimiter({ url: server.url, password, appKey })
    limiters.push(limiter)
    return limiter
  }

  /** The limiter's answer as soon as it gives one. */
  async function granted(limiter: SharedLimiter, endpoint = PART): Promise<Reservation> {
    let answer: Reservation | undefined
    await expect
      .poll(async () => {
        answer = await limiter.reserve(endpoint)
        return answer
      })
      .toBeDefined()
    return answer as Reservation
  }

  it('gives ten machines one turn each 208 ms, and apps and endpoints turns of their own', async () => {
    const machines = Array.from({ length: 10 }, () => open())
    for (const machine of machines) await granted(machine, { ...PART, path: 'warm-up' })
    const askedMs = performance.now()
    const answers = await Promise.all(
      [...machines, ...machines].map(async (machine) => {
        const answer = await machine.reserve(PART)
        // By one clock: what is left to wait at the time of the answer.
        return answer?.kind === 'go' ? performance.now() - askedMs + answer.waitMs : -1
      }),
    )
    const [first = 0, ...later] = answers.toSorted((a, b) => a - b)
    expect(first).toBeGreaterThanOrEqual(0)
    later.forEach((atMs, index) => {
      expect(Math.abs(atMs - first - 208 * (index + 1))).toBeLessThan(150)
    })
    expect(await granted(open(PASSWORD, 'other app'))).toEqual({ kind: 'go', waitMs: 0 })
  })

  it('never grants more calls than a day has, to all machines together', async () => {
    const endpoint = { ...PART, callsPerDay: 25 }
    const machines = [open(), open(), open()]
    for (const machine of machines) await granted(machine, { ...PART, path: 'warm-up' })
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, call) => machines[call % 3]?.reserve(endpoint)),
    )
    expect(answers.filter((answer) => answer?.kind === 'go')).toHaveLength(25)
    const refused = answers.find((answer) => answer?.kind === 'day-used')
    expect(refused).toMatchObject({ retryAfterMs: expect.any(Number) })
  })

  it('sends each machine its own way within a second while it is away, and is back by itself', async () => {
    const machine = open()
    await granted(machine)
    await server.kill()
    const asking = machine.reserve(PART)
    expect(await steadyMsUntil(asking)).toBeLessThan(1_000)
    expect(await asking).toBeUndefined()
    await server.start()
    expect(await granted(machine)).toMatchObject({ kind: 'go' })
  })

  it('stops nobody when the password is wrong', async () => {
    expect(await open('wrong').reserve(PART)).toBeUndefined()
  })

  it('is trusted on TLS with the authority that is given, and not without it', async (test) => {
    const certificates = makeCertificates()
    test.onTestFinished(() => certificates.remove())
    const front = createServer(certificates.issue('DNS:localhost'), (socket) => {
      const { port } = new URL(server.url)
      const behind = connect(Number(port), '127.0.0.1')
      for (const each of [socket, behind]) each.on('error', () => {})
      socket.pipe(behind).pipe(socket)
      socket.once('close', () => behind.destroy())
    }).listen(0, '127.0.0.1')
    front.on('tlsClientError', () => {})
    await once(front, 'listening')
    test.onTestFinished(() => void front.close())
    const url = `rediss://localhost:${(front.address() as AddressInfo).port}`
    const openWith = (caFile: string) => {
      const trust = () => createSecureContext({ ca: readFileSync(caFile) })
      const limiter = redisLimiter({ url, password: PASSWORD, appKey: 'tls', trust })
      limiters.push(limiter)
      return limiter
    }
    expect(await granted(openWith(certificates.caFile))).toMatchObject({ kind: 'go' })
    expect(await openWith(certificates.otherCaFile).reserve(PART)).toBeUndefined()
  })
})
