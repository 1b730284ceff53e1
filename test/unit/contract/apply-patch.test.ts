import { describe, expect, it } from 'vitest'
import { applyPatch, follow } from '#shared/contract/apply-patch.ts'
import { aLiveState, aRow } from './live-kit.ts'

describe('applyPatch', () => {
  it('replaces what the patch names, and nothing else', () => {
    const state = aLiveState({ callsLeft: 10, revision: 4 })
    expect(applyPatch(state, { callsLeft: 9 })).toEqual({ ...state, callsLeft: 9 })
    expect(applyPatch(state, { callsLeft: null }).callsLeft).toBeNull()
  })

  it('keeps rows at work, and drops one that no longer is', () => {
    const a = aRow('a', { kind: 'sending' })
    const b = aRow('b', { kind: 'preparing' })
    const before = applyPatch(aLiveState(), { rows: [a, b] })
    expect(before.rows).toEqual({ a, b })
    const after = applyPatch(before, { rows: [aRow('a', { kind: 'paused' })] })
    expect(after.rows).toEqual({ b })
    expect(before.rows).toEqual({ a, b })
  })
})

describe('follow', () => {
  const snapshot = { kind: 'snapshot', seq: 7, state: aLiveState() } as const

  it('takes each event after the one before it', () => {
    const first = follow(undefined, snapshot)
    const second = follow(first, { kind: 'patch', seq: 8, patch: { revision: 1 } })
    expect(second).toEqual({ seq: 8, state: aLiveState({ revision: 1 }) })
  })

  it.each([
    ['one is missing', 9],
    ['one comes twice', 7],
    ['it is an older one', 3],
  ])('gives up when %s', (_, seq) => {
    expect(follow(follow(undefined, snapshot), { kind: 'patch', seq, patch: {} })).toBeUndefined()
  })

  it('has nothing to patch before a snapshot', () => {
    expect(follow(undefined, { kind: 'patch', seq: 0, patch: {} })).toBeUndefined()
  })

  it('begins anew with any snapshot', () => {
    const before = follow(undefined, snapshot)
    expect(follow(before, { ...snapshot, seq: 2 })?.seq).toBe(2)
  })
})
