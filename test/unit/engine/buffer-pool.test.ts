import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BufferLease, BufferPool } from '#main/lib/buffer-pool.ts'
import { settle } from '#test/kit/fake-clock.ts'

const MiB = 1024 * 1024
const never = new AbortController().signal

function ask(pool: BufferPool, sizeBytes: number, signal: AbortSignal = never) {
  const asked: { lease?: BufferLease; error?: unknown } = {}
  pool.lease(sizeBytes, signal).then(
    (lease) => {
      asked.lease = lease
    },
    (error: unknown) => {
      asked.error = error
    },
  )
  return asked
}

describe('a lease', () => {
  it.each([0, 1, 256 * 1024, 256 * 1024 + 1, 4 * MiB])('has exactly %i bytes', async (size) => {
    const { bytes } = await new BufferPool(8 * MiB).lease(size, never)
    expect(bytes.length).toBe(size)
  })

  it('gives the same memory again', async () => {
    const pool = new BufferPool(8 * MiB)
    const first = await pool.lease(MiB, never)
    first.release()
    const second = await pool.lease(MiB - 1, never)
    expect(second.bytes.buffer).toBe(first.bytes.buffer)
  })

  it('never gives the same memory twice, even when released twice', async () => {
    const pool = new BufferPool(8 * MiB)
    const first = await pool.lease(MiB, never)
    first.release()
    first.release()
    const [second, third] = [await pool.lease(MiB, never), await pool.lease(MiB, never)]
    expect(second.bytes.buffer).not.toBe(third.bytes.buffer)
  })
})

describe('the budget', () => {
  it('lets who asks wait, in order', async () => {
    const pool = new BufferPool(4 * MiB)
    const first = await pool.lease(3 * MiB, never)
    const big = ask(pool, 2 * MiB)
    const small = ask(pool, MiB)
    await settle()
    // The small one would fit, but the big one would then never have its turn.
    expect([big.lease, small.lease]).toEqual([undefined, undefined])
    first.release()
    await settle()
    expect(big.lease).toBeDefined()
    expect(small.lease).toBeDefined()
  })

  it('gives what is bigger than itself when nothing else is leased', async () => {
    const pool = new BufferPool(MiB)
    const small = await pool.lease(1, never)
    const big = ask(pool, 20 * MiB)
    await settle()
    expect(big.lease).toBeUndefined()
    small.release()
    await settle()
    expect(big.lease?.bytes.length).toBe(20 * MiB)
  })

  it('is not exceeded by lending a big buffer for a small need', async () => {
    const pool = new BufferPool(8 * MiB)
    const big = await pool.lease(4 * MiB, never)
    big.release()
    const others = await Promise.all([pool.lease(4 * MiB, never), pool.lease(3 * MiB, never)])
    expect(new Set(others.map(({ bytes }) => bytes.buffer.byteLength))).toEqual(
      new Set([4 * MiB, 3 * MiB]),
    )
    const last = await pool.lease(MiB, never)
    expect(last.bytes.buffer.byteLength).toBe(MiB)
  })
})

describe('who stops waiting', () => {
  it('rejects with the reason and lets the next one have its turn', async () => {
    const pool = new BufferPool(4 * MiB)
    await pool.lease(3 * MiB, never)
    const impatient = new AbortController()
    const big = ask(pool, 4 * MiB, impatient.signal)
    const small = ask(pool, MiB)
    await settle()
    impatient.abort(new Error('enough'))
    await settle()
    expect(big.error).toEqual(new Error('enough'))
    expect(small.lease).toBeDefined()
  })

  it('keeps what it has when the signal aborts afterwards', async () => {
    const pool = new BufferPool(MiB)
    const control = new AbortController()
    const lease = await pool.lease(MiB, control.signal)
    control.abort()
    const next = ask(pool, MiB)
    await settle()
    expect(next.lease).toBeUndefined()
    lease.release()
    await settle()
    expect(next.lease).toBeDefined()
  })
})

it('holds the budget, shares no memory and starves nobody, whatever comes and goes', async () => {
  const step = fc.record({
    sizeBytes: fc.integer({ min: 0, max: 3 * MiB }),
    release: fc.nat(5),
    abort: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const budgetBytes = 4 * MiB
      const pool = new BufferPool(budgetBytes)
      const held = new Set<BufferLease>()
      const waits: Promise<unknown>[] = []
      for (const { sizeBytes, release, abort } of steps) {
        const control = new AbortController()
        waits.push(
          pool.lease(sizeBytes, control.signal).then(
            (lease) => held.add(lease),
            () => {},
          ),
        )
        if (abort) control.abort()
        await Promise.resolve()
        await Promise.resolve()
        const buffers = [...held].map(({ bytes }) => bytes.buffer)
        expect(new Set(buffers).size).toBe(buffers.length)
        const leasedBytes = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0)
        expect(leasedBytes).toBeLessThanOrEqual(budgetBytes)
        const lease = [...held][release]
        if (lease !== undefined) {
          held.delete(lease)
          lease.release()
        }
      }
      const over = Promise.all(waits)
      let done = false
      over.then(
        () => {
          done = true
        },
        () => {},
      )
      while (!done) {
        for (const lease of held) lease.release()
        held.clear()
        await Promise.resolve()
      }
    }),
    { numRuns: 60 },
  )
})
