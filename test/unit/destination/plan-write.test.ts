import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MOST_RECORDS_A_WRITE,
  planWrite,
  type WaitingRecord,
} from '#main/destination/plan-write.ts'

const record = fc.record({
  batch: fc.constantFrom(undefined, undefined, 'token-1', 'token-2'),
  isAlone: fc.boolean(),
})
const queue = fc
  .array(record, { minLength: 1, maxLength: MOST_RECORDS_A_WRITE * 2 })
  .chain((waiting) => fc.record({ waiting: fc.constant(waiting), at: fc.nat(waiting.length - 1) }))

function free(batch?: string): WaitingRecord {
  return { batch, isAlone: false }
}

describe('the next write to a table', () => {
  it('is for whoever has the turn, and takes along all that is free, in order, up to the limit', () => {
    fc.assert(
      fc.property(queue, ({ waiting, at }) => {
        const first = waiting[at] ?? expect.fail()
        const write = planWrite(first, waiting)
        if (write.kind === 'same-batch') {
          expect(write.clientToken).toBe(first.batch)
          return
        }
        expect(first.batch).toBeUndefined()
        const mayGo = waiting.filter((each) => each.batch === undefined && !each.isAlone)
        if (write.kind === 'alone') {
          expect(first.isAlone || mayGo.length === 1).toBe(true)
          return
        }
        const { records } = write
        expect(records[0]).toBe(first)
        expect(new Set(records).size).toBe(records.length)
        expect(records.length).toBe(Math.min(mayGo.length, MOST_RECORDS_A_WRITE))
        expect(records.slice(1)).toEqual(
          mayGo.filter((each) => each !== first).slice(0, records.length - 1),
        )
      }),
    )
  })

  it('is a batch as it was sent, even if nobody else of it waits', () => {
    const first = free('token-1')
    expect(planWrite(first, [first, free()])).toEqual({
      kind: 'same-batch',
      clientToken: 'token-1',
    })
  })

  it('is a record alone when nothing else waits, or it was refused in company', () => {
    const lone = free()
    expect(planWrite(lone, [lone, free('token-1')])).toEqual({ kind: 'alone' })
    const refused = { batch: undefined, isAlone: true }
    expect(planWrite(refused, [refused, free(), free()])).toEqual({ kind: 'alone' })
  })
})
