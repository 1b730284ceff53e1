import { describe, expect, it } from 'vitest'
import { Uplink } from '#main/engine/uplink.ts'
import { failure, MemoryMemos } from './engine-kit.ts'

const MiB = 1024 * 1024

describe('Uplink', () => {
  it('knows nothing before the first measurement', () => {
    expect(new Uplink(new MemoryMemos()).bytesPerSecond).toBeUndefined()
  })

  it('takes the first measurement as it is, and later ones by a third', () => {
    const uplink = new Uplink(new MemoryMemos())
    uplink.measured(MiB, 1_000)
    expect(uplink.bytesPerSecond).toBe(MiB)
    uplink.measured(2 * MiB, 1_000)
    expect(uplink.bytesPerSecond).toBeCloseTo(1.3 * MiB)
  })

  it.each([
    ['a small call, which measures the round trip', 256 * 1024 - 1, 1_000],
    ['a call that took no time', MiB, 0],
    ['a call that took less than no time, by a clock set back', MiB, -5],
  ])('learns nothing from %s', (_, bytes, durationMs) => {
    const uplink = new Uplink(new MemoryMemos())
    uplink.measured(bytes, durationMs)
    expect(uplink.bytesPerSecond).toBeUndefined()
  })

  it('remembers over a restart, without a write for every small change', () => {
    const memos = new MemoryMemos()
    const uplink = new Uplink(memos)
    for (let part = 0; part < 100; part++) uplink.measured(MiB, 1_000)
    expect(memos.writes).toBe(1)
    expect(new Uplink(memos).bytesPerSecond).toBe(MiB)
    for (let part = 0; part < 100; part++) uplink.measured(10 * MiB, 1_000)
    expect(new Uplink(memos).bytesPerSecond).toBeGreaterThan(9 * MiB)
  })

  it('remembers a change that comes in small steps', () => {
    const memos = new MemoryMemos()
    const uplink = new Uplink(memos)
    uplink.measured(MiB, 1_000)
    for (let part = 0; part < 200; part++) uplink.measured(1.25 * MiB, 1_000)
    expect(new Uplink(memos).bytesPerSecond).toBeGreaterThan(1.1 * MiB)
  })

  it('does without the memory when the disk fails', () => {
    const memos = new MemoryMemos()
    memos.failure = failure('disk-full')
    const uplink = new Uplink(memos)
    uplink.measured(MiB, 1_000)
    expect(uplink.bytesPerSecond).toBe(MiB)
  })
})
