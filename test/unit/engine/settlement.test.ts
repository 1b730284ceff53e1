import { describe, expect, it } from 'vitest'
import { type Candidate, verdictOn } from '#main/engine/settlement.ts'
import type { Handling } from '#shared/model/transfer.ts'

const ours: Candidate = { token: 'o', evidence: 'bytes' }
const other: Candidate = { token: 'x', evidence: 'other' }
const doubtful: Candidate = { token: 'd', evidence: 'none' }

const DONE = { kind: 'done', fileToken: 'o', proof: 'bytes' }
const NOT_THERE = { kind: 'not-there' }
const TAKEN = { kind: 'name-taken' }
const UNCERTAIN = { kind: 'uncertain', candidates: [doubtful] }

const POLICIES = [undefined, 'skip', 'overwrite', 'overwrite-ours'] as const

type Row = readonly [
  what: string,
  candidates: readonly Candidate[],
  verdicts: Record<'usual' | 'skip', unknown>,
]

const TABLE: readonly Row[] = [
  ['nothing', [], { usual: NOT_THERE, skip: NOT_THERE }],
  ['our bytes', [ours], { usual: DONE, skip: DONE }],
  ['other bytes', [other], { usual: NOT_THERE, skip: NOT_THERE }],
  ['no evidence', [doubtful], { usual: UNCERTAIN, skip: TAKEN }],
  ['our bytes among others', [other, doubtful, ours], { usual: DONE, skip: DONE }],
  ['other bytes and no evidence', [other, doubtful], { usual: UNCERTAIN, skip: TAKEN }],
]

describe('after a lost answer', () => {
  const rows = TABLE.flatMap(([what, candidates, verdicts]) =>
    POLICIES.map((sameName) => ({ what, sameName, candidates, verdicts })),
  )
  it.for(rows)('$what with the policy $sameName', ({ sameName, candidates, verdicts }) => {
    const expected = sameName === 'skip' ? verdicts.skip : verdicts.usual
    expect(verdictOn(candidates, sameName as Handling['sameName'])).toEqual(expected)
  })
})
