import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { RowWindow } from '../../../renderer/screens/queue/row-window.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A list of a host that is at some revision, and a window on it. */
function openList(first?: { revision: number }) {
  const host = { revision: 1, asked: 0 }
  const page = (revision: number) => {
    const value = { rows: [] as TransferRow[], total: 0, revision }
    return Promise.resolve({ ok: true as const, value })
  }
  const ask = () => {
    host.asked++
    return page(host.revision)
  }
  const rows = new RowWindow(ask, { first: first && page(first.revision) })
  return { host, rows, later: () => vi.advanceTimersByTimeAsync(1_000) }
}

const patch = (revision: number) => ({ kind: 'patch', patch: { revision } }) as unknown as LiveEvent
const snapshot = (revision: number) =>
  ({ kind: 'snapshot', state: { revision } }) as unknown as LiveEvent

describe('a window on the rows', () => {
  it('uses a page that has been asked for already', async () => {
    const { host, rows, later } = openList({ revision: 1 })
    await later()
    expect(rows.total).toBe(0)
    expect(host.asked).toBe(0)
  })

  it('asks again when that page is older than what the host says now', async () => {
    const { host, rows, later } = openList({ revision: 1 })
    host.revision = 3
    rows.catchUp(3)
    await later()
    expect(host.asked).toBe(1)
    rows.hear(patch(3))
    await later()
    expect(host.asked).toBe(1)
  })

  it('changes a row in its place without asking again', async () => {
    const rowOf = (movedBytes: number) => ({ id: 'a', movedBytes }) as TransferRow
    let asked = 0
    const rows = new RowWindow(async () => {
      asked++
      return { ok: true, value: { rows: [rowOf(1)], total: 1, revision: 1 } }
    })
    await vi.advanceTimersByTimeAsync(1)
    rows.hear({ kind: 'patch', seq: 2, patch: { rows: [rowOf(2)] } })
    expect(rows.at(0)?.movedBytes).toBe(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toBe(1)
  })

  it('keeps to the moment it was opened while a person reads it, and opens again when not', async () => {
    const opening = (newest: number) => ({ newest, lastEndMs: 0, first: [] })
    const asked: unknown[] = []
    let isRead = true
    let newest = 7
    const ask = async (_offset: number, _limit: number, since: unknown) => {
      asked.push(since)
      const value = { rows: [], total: 0, revision: newest, news: newest - 7 }
      return {
        ok: true as const,
        value: { ...value, opening: since ? opening(7) : opening(newest) },
      }
    }
    const rows = new RowWindow(ask, { isRead: () => isRead })
    await vi.advanceTimersByTimeAsync(1)
    newest = 9
    rows.hear(patch(9))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([undefined, opening(7)])
    expect(rows.news).toBe(2)
    isRead = false
    newest = 10
    rows.hear(patch(10))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([undefined, opening(7), undefined])
    expect(rows.opening).toEqual(opening(10))
  })

  it('follows a host that has begun to count anew', async () => {
    const { host, rows, later } = openList({ revision: 500 })
    await later()
    host.revision = 0
    rows.hear(snapshot(0))
    await later()
    expect(host.asked).toBe(1)
    host.revision = 1
    rows.hear(patch(1))
    await later()
    expect(host.asked).toBe(2)
  })
})
