import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { TimelineRecorder } from '#main/app/live/timeline-recorder.ts'
import type { EngineEvents } from '#main/engine/engine.ts'
import type { TimelineStore } from '#main/store/timeline-store.ts'
import type { TimelineEntry } from '#shared/contract/transfer-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer, TransferState } from '#shared/model/transfer.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'

function scene(append: TimelineStore['append']) {
  const clock = new FakeClock()
  const events = new EventEmitter<EngineEvents>()
  const faults: unknown[] = []
  const recorder = new TimelineRecorder({
    clock,
    timeline: { append },
    store: { transaction: () => undefined },
    onFault: (_what, error) => faults.push(error),
  })
  recorder.listenTo({ events })
  return { clock, events, faults, recorder }
}

function aTransfer(state: TransferState): Transfer {
  return {
    id: 'a',
    path: '/a',
    fileName: 'a',
    destination: { kind: 'folder', folderToken: 'one' },
    remoteFolders: [],
    handling: {},
    sizeBytes: 1,
    fingerprint: null,
    queuedAtMs: 0,
    state,
    sentBytes: 0,
  }
}

it('tells of parts before what came after them', () => {
  const told: TimelineEntry['kind'][] = []
  const { events, recorder } = scene((entries) =>
    told.push(...entries.map((one) => one.entry.kind)),
  )
  const transfer = aTransfer({ kind: 'preparing' })
  events.emit('transfer', transfer)
  for (const seq of [0, 1, 2]) events.emit('part', { id: transfer.id, seq, step: 'acknowledged' })
  events.emit('note', { transfer, note: { kind: 'restarted', because: 'file-changed' } })
  events.emit('part', { id: transfer.id, seq: 0, step: 'acknowledged' })
  events.emit('note', { transfer, note: { kind: 'resumed', seq: 1 } })
  recorder.flush()
  expect(told).toEqual(['parts', 'restarted', 'parts', 'resumed'])
})

it('stops nothing when the disk does not take it, but says so', async () => {
  const full = new TransferError('disk-full')
  const { clock, events, faults, recorder } = scene(() => {
    throw full
  })
  const transfer = aTransfer({ kind: 'done', fileToken: 'box', finishedAtMs: 1 })
  events.emit('transfer', transfer)
  await clock.advance(500)
  expect(faults).toEqual([full])
  events.emit('transfer', transfer)
  recorder.flush()
  expect(faults).toEqual([full, full])
})
