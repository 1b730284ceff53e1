/** `feidi status` while another process is at work: it says what the pages of that process say. */
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { Worker } from '#main/app/accounts/worker.ts'
import { GroupView } from '#main/app/live/group-view.ts'
import { ProgressTracker } from '#main/app/live/progress-tracker.ts'
import { QueueProgress } from '#main/app/live/queue-progress.ts'
import { readStatus } from '#main/app/status.ts'
import type { Clock } from '#main/lib/clock.ts'
import { claimHome } from '#main/store/claim-home.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import {
  aNewTransfer,
  aTransaction,
  MiB,
  makeTempFolder,
  openTempStores,
} from '../store/store-kit.ts'

it('counts what is on its way, as the pages do, until that process is gone', () => {
  const home = makeTempFolder()
  const claim = claimHome(home, { command: 'feidi serve', startedAtMs: 0, version: '1' })
  const stores = openTempStores(home)
  const items = ['film.mov', 'other.mov'].map((name) => aNewTransfer(name, { sizeBytes: 40 * MiB }))
  const [queued] = stores.transfers.enqueue(items, 'b', 1)
  const id = queued?.id ?? ''
  stores.transfers.openTransaction(id, aTransaction({ blockCount: 10 }))
  stores.controls.moveStates([id], 2, () => ({ kind: 'sending' }))
  const film = stores.transfers.get(id) as Transfer

  const worker = { events: new EventEmitter(), state: () => ({ kind: 'working', pausedBy: null }) }
  const moving = new ProgressTracker()
  let nowMs = 0
  const clock = { nowMs: () => nowMs, steadyMs: () => nowMs } as Clock
  const calls = { today: { whole: 1, parts: 1 }, daily: { whole: 1, parts: 1 } }
  new QueueProgress({
    ...{ stores, moving, clock, worker: worker as never as Worker },
    quota: () => ({ calls, notBeforeMs: undefined }),
  })
  worker.events.emit('transfer', film)
  for (nowMs of [0, 10_000]) {
    worker.events.emit('progress', { id, sentBytes: 0, inFlightBytes: (nowMs / 5_000 + 1) * MiB })
  }

  const shown = moving.movedBytes(film, nowMs)
  expect(shown).toBe(3 * MiB)
  const rows = new GroupView({ stores, moving, clock, nameOf: () => ({}) as never }).rows()
  const { entries } = stores.groups.grouped({
    filter: { kinds: ['sending', 'queued'], search: [] },
    ...{ order: 'recent', descending: true, unfolded: false, except: new Set() },
    ...{ offset: 0, limit: 1, opening: undefined },
  })
  const [group] = entries.flatMap((each) => (each.kind === 'group' ? [each.group] : []))
  if (group === undefined) throw new Error('no group')
  const status = readStatus(home, {})
  expect(status?.open.find((each) => each.id === id)?.movedBytes).toBe(shown)
  expect(status?.groups[0]?.share).toBe(rows(group, 2, true).share)
  claim.release()
  expect(readStatus(home, {})?.open.find((each) => each.id === id)?.movedBytes).toBe(0)
})
