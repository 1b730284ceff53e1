import { describe, expect, it } from 'vitest'
import type { Stores } from '#main/store/open-stores.ts'
import type { TransferState } from '#shared/model/transfer.ts'
import {
  aFingerprint,
  aLanding,
  aNewTransfer,
  anError,
  aPart,
  aResult,
  aTransaction,
  codeThrownBy,
  enqueueOne,
  MiB,
  openTempStores,
} from './store-kit.ts'

const waiting = (untilMs: number): TransferState => ({
  kind: 'waiting',
  reason: 'network',
  untilMs,
  error: { ...anError, atMs: 0 },
})

const namesOf = (transfers: readonly { fileName: string }[]) => transfers.map((t) => t.fileName)

describe('a newer version that is queued while one is on its way', () => {
  it('does not count as up: what ends is what was sent', () => {
    const { transfers } = openTempStores()
    const sent = aFingerprint({ sizeBytes: 14 })
    const newer = aFingerprint({ sizeBytes: 40, mtimeNs: '99' })
    const [transfer] = transfers.enqueue([aNewTransfer('a', { fingerprint: sent })], 'b1', 1)
    const id = transfer?.id ?? ''
    transfers.enqueue([aNewTransfer('a', { fingerprint: newer })], 'b1', 2)
    expect(transfers.get(id)?.fingerprint).toEqual(newer)
    transfers.complete(id, { ...aResult('box1', 3), fingerprint: sent })
    expect(transfers.get(id)?.fingerprint).toEqual(sent)
  })
})

describe('enqueue', () => {
  it('returns the transfers in the order given, each with an id of its own', () => {
    const { transfers } = openTempStores()
    const made = transfers.enqueue([aNewTransfer('b'), aNewTransfer('a')], 'b1', 100)
    expect(namesOf(made)).toEqual(['b', 'a'])
    expect(new Set(made.map(({ id }) => id)).size).toBe(2)
    expect(made[0]).toEqual({
      ...aNewTransfer('b'),
      handling: {},
      id: made[0]?.id,
      queuedAtMs: 100,
      state: { kind: 'queued' },
      sentBytes: 0,
    })
  })

  it('keeps what it was given through a restart', () => {
    const stores = openTempStores()
    const item = aNewTransfer('x', {
      destination: { kind: 'media', parentType: 'bitable_file', parentNode: 'bascn' },
      remoteFolders: ['一', 'with "quotes"'],
      sizeBytes: Number.MAX_SAFE_INTEGER,
      fingerprint: null,
      state: { kind: 'skipped', error: anError },
    })
    const [made] = stores.transfers.enqueue([item], 'b1', 100)
    expect(made).toMatchObject(item)
    expect(stores.transfers.get(made?.id ?? '')).toEqual(made)
  })

  it.each([
    ['queued', { kind: 'queued' }, { kind: 'queued' }],
    ['sending', { kind: 'sending' }, { kind: 'sending' }],
    ['waiting', waiting(900), waiting(900)],
    ['paused', { kind: 'paused' }, { kind: 'queued' }],
    ['cancelled', { kind: 'cancelled' }, { kind: 'queued' }],
    ['blocked', { kind: 'blocked', error: anError }, { kind: 'queued' }],
    ['failed', { kind: 'failed', error: anError }, { kind: 'queued' }],
    ['skipped', { kind: 'skipped', error: anError }, { kind: 'queued' }],
  ] as [string, TransferState, TransferState][])(
    'takes up a %s one, checkpoint and all',
    (_, before, after) => {
      const stores = openTempStores()
      const { id } = enqueueOne(stores)
      stores.transfers.openTransaction(id, aTransaction())
      stores.transfers.acknowledgePart(id, aPart(0))
      stores.transfers.saveState(id, before)
      const again = stores.transfers.enqueue([aNewTransfer('a.bin')], 'b2', 500)
      expect(again).toMatchObject([{ id, state: after, queuedAtMs: 100, sentBytes: 4 * MiB }])
      expect(stores.transfers.acknowledgedParts(id)).toHaveLength(1)
      expect(stores.transfers.list({ batchId: 'b1' }, { offset: 0, limit: 9 })).toEqual([])
      expect(stores.transfers.list({ batchId: 'b2' }, { offset: 0, limit: 9 })).toHaveLength(1)
    },
  )

  it('makes a new one after a done one', () => {
    const stores = openTempStores()
    const { id } = enqueueOne(stores)
    stores.transfers.complete(id, aResult('boxcn1', 200))
    const before = stores.transfers.get(id)
    expect(enqueueOne(stores).id).not.toBe(id)
    expect(stores.transfers.get(id)).toEqual(before)
  })

  it('tells places apart by destination and folders, not by how the object was built', () => {
    const { transfers } = openTempStores()
    const media = { kind: 'media', parentType: 'docx_file', parentNode: 'n' } as const
    const reordered = { parentNode: 'n', parentType: 'docx_file', kind: 'media' } as const
    const made = transfers.enqueue(
      [
        aNewTransfer('a', { destination: media }),
        aNewTransfer('a', { destination: reordered }),
        aNewTransfer('a', { destination: media, remoteFolders: ['x'] }),
        aNewTransfer('a', { destination: { ...media, parentNode: 'm' } }),
        aNewTransfer('a', { remoteFolders: ['x', 'y'] }),
        aNewTransfer('a', { remoteFolders: ['x/y'] }),
      ],
      'b1',
      100,
    )
    expect(made[1]?.id).toBe(made[0]?.id)
    expect(new Set(made.map(({ id }) => id)).size).toBe(5)
  })

  it('looks at the file anew unless a checkpoint belongs to what was seen before', () => {
    const changed = aNewTransfer('a.bin', {
      sizeBytes: 3,
      fingerprint: aFingerprint({ sizeBytes: 3 }),
    })
    const { transfers, ...rest } = openTempStores()
    const { id } = enqueueOne({ transfers, ...rest })
    expect(transfers.enqueue([changed], 'b1', 1)).toMatchObject([{ id, sizeBytes: 3 }])
    transfers.saveSource(id, 10 * MiB, aFingerprint())
    transfers.openLanding(id, aLanding({ call: 'upload_all' }))
    expect(transfers.enqueue([changed], 'b1', 1)).toMatchObject([{ id, sizeBytes: 10 * MiB }])
    transfers.dropLanding(id)
    transfers.openTransaction(id, aTransaction())
    expect(transfers.enqueue([changed], 'b1', 1)).toMatchObject([{ id, sizeBytes: 10 * MiB }])
    transfers.dropTransaction(id)
    transfers.saveState(id, { kind: 'sending' })
    expect(transfers.enqueue([changed], 'b1', 1)).toMatchObject([{ id, sizeBytes: 10 * MiB }])
  })

  it('settles an open one that turned out to be settled on sight', () => {
    const stores = openTempStores()
    const { id } = enqueueOne(stores)
    const state = { kind: 'skipped', error: anError } as const
    expect(stores.transfers.enqueue([aNewTransfer('a.bin', { state })], 'b1', 1)).toMatchObject([
      { id, state },
    ])
    expect(stores.transfers.ready({}, 9, 1)).toEqual([])
  })

  it('keeps the checkpoint of one that is settled on sight, for when it is asked for again', () => {
    const stores = openTempStores()
    const { transfers } = stores
    const { id } = enqueueOne(stores)
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.openLanding(id, aLanding())
    const empty = aNewTransfer('a.bin', {
      sizeBytes: 0,
      fingerprint: null,
      state: { kind: 'failed', error: anError },
    })
    const before = transfers.get(id)
    expect(transfers.enqueue([empty], 'b2', 1)).toEqual([{ ...before, state: empty.state }])
    expect(transfers.transaction(id)).toEqual(aTransaction())
    expect(transfers.acknowledgedParts(id)).toEqual([aPart(0)])
    expect(transfers.pendingLanding(id)).toEqual(aLanding())
    expect(enqueueOne(stores)).toEqual(before)
  })

  it('does not pile up what is skipped run after run', () => {
    const { transfers } = openTempStores()
    const empty = aNewTransfer('empty', { state: { kind: 'skipped', error: anError } })
    for (const run of ['b1', 'b2', 'b3']) transfers.enqueue([empty], run, 1)
    expect(transfers.counts({}).byState.skipped).toBe(1)
    expect(transfers.counts({ batchId: 'b3' }).byState.skipped).toBe(1)
    const [filled] = transfers.enqueue([aNewTransfer('empty', { sizeBytes: 7 })], 'b4', 1)
    expect(filled).toMatchObject({ state: { kind: 'queued' }, sizeBytes: 7 })
    expect(transfers.ready({ batchId: 'b4' }, 9, 1)).toEqual([filled])
  })

  it('adds all of a chunk or none of it', () => {
    const { transfers } = openTempStores()
    const broken = aNewTransfer('b', { sizeBytes: Number.NaN })
    expect(codeThrownBy(() => transfers.enqueue([aNewTransfer('a'), broken], 'b1', 1))).toBe(
      'internal',
    )
    expect(transfers.counts({}).byState.queued).toBe(0)
  })

  it('adds 10,000 in one go, not one by one', () => {
    const { transfers } = openTempStores()
    const items = Array.from({ length: 10_000 }, (_, index) => aNewTransfer(`file-${index}`))
    const before = process.cpuUsage()
    expect(transfers.enqueue(items, 'b1', 1)).toHaveLength(10_000)
    // Of the processor's time, which a busy machine does not stretch much: 0.3 s when quiet.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(4_000)
  })
})

describe('ready', () => {
  it('puts started uploads first, the soonest to expire leading, then the order of queueing', () => {
    const { transfers } = openTempStores()
    const made = transfers.enqueue(
      ['a', 'b', 'c', 'd'].map((n) => aNewTransfer(n)),
      'b1',
      1,
    )
    transfers.openTransaction(made[3]?.id ?? '', aTransaction({ expiresAtMs: 50 }))
    transfers.openTransaction(made[1]?.id ?? '', aTransaction({ expiresAtMs: 40 }))
    expect(namesOf(transfers.ready({}, 9, 10))).toEqual(['b', 'd', 'a', 'c'])
    expect(namesOf(transfers.ready({}, 3, 10))).toEqual(['b', 'd', 'a'])
    transfers.dropTransaction(made[1]?.id ?? '')
    expect(namesOf(transfers.ready({}, 9, 10))).toEqual(['d', 'a', 'b', 'c'])
  })

  it('has a waiting one from the very millisecond on, in its old place', () => {
    const stores = openTempStores()
    const first = enqueueOne(stores, 'first')
    enqueueOne(stores, 'second')
    stores.transfers.saveState(first.id, waiting(1_000.5))
    expect(namesOf(stores.transfers.ready({}, 9, 1_000))).toEqual(['second'])
    expect(namesOf(stores.transfers.ready({}, 9, 1_000.5))).toEqual(['first', 'second'])
    expect(stores.transfers.get(first.id)?.state).toEqual(waiting(1_000.5))
  })

  it('waits again when the clock is set back', () => {
    const stores = openTempStores()
    stores.transfers.saveState(enqueueOne(stores).id, waiting(1_000))
    expect(stores.transfers.ready({}, 9, 2_000)).toHaveLength(1)
    expect(stores.transfers.ready({}, 9, 500)).toEqual([])
    expect(stores.transfers.nextWakeMs({})).toBe(1_000)
    expect(stores.transfers.ready({}, 9, 2_000)).toHaveLength(1)
  })

  it('waits anew when it fails again', () => {
    const stores = openTempStores()
    const { id } = enqueueOne(stores)
    stores.transfers.saveState(id, waiting(1_000))
    stores.transfers.ready({}, 9, 2_000)
    stores.transfers.saveState(id, waiting(3_000))
    expect(stores.transfers.ready({}, 9, 2_000)).toEqual([])
  })

  it('keeps to one batch when asked', () => {
    const stores = openTempStores()
    enqueueOne(stores, 'mine', 'b1')
    stores.transfers.saveState(enqueueOne(stores, 'due', 'b1').id, waiting(5))
    stores.transfers.saveState(enqueueOne(stores, 'later', 'b1').id, waiting(700))
    stores.transfers.saveState(enqueueOne(stores, 'sooner', 'b2').id, waiting(600))
    expect(namesOf(stores.transfers.ready({ batchId: 'b1' }, 9, 10))).toEqual(['mine', 'due'])
    expect(stores.transfers.nextWakeMs({ batchId: 'b2' })).toBe(600)
    expect(stores.transfers.nextWakeMs({ batchId: 'b3' })).toBeUndefined()
  })
})

describe('list and counts', () => {
  function queueOfEveryKind(): Stores {
    const stores = openTempStores()
    const { transfers } = stores
    const states: TransferState[] = [
      { kind: 'queued' },
      { kind: 'preparing' },
      { kind: 'sending' },
      { kind: 'finishing' },
      { kind: 'attaching', fileToken: 'boxcn0' },
      waiting(1),
      { kind: 'paused' },
      { kind: 'blocked', error: anError },
      { kind: 'failed', error: anError },
      { kind: 'skipped', error: anError },
      { kind: 'cancelled' },
    ]
    for (const round of [1, 2]) {
      for (const state of states) {
        const { id } = enqueueOne(stores, `${state.kind}-${round}`, `b${round}`)
        transfers.saveState(id, state)
      }
      const { id } = enqueueOne(stores, `done-${round}`, `b${round}`)
      transfers.complete(id, aResult(`boxcn${round}`, 9))
    }
    return stores
  }

  it('pages through everything in the order of queueing', () => {
    const { transfers } = queueOfEveryKind()
    const all = namesOf(transfers.list({}, { offset: 0, limit: 100 }))
    expect(all).toHaveLength(24)
    expect(all[0]).toBe('queued-1')
    expect(all[23]).toBe('done-2')
    const pages = [0, 5, 10, 15, 20].flatMap((offset) => transfers.list({}, { offset, limit: 5 }))
    expect(namesOf(pages)).toEqual(all)
  })

  it('keeps to kinds and batch, without minding their order or repetition', () => {
    const { transfers } = queueOfEveryKind()
    const page = { offset: 0, limit: 100 }
    expect(namesOf(transfers.list({ kinds: ['done', 'failed', 'done'] }, page))).toEqual([
      'failed-1',
      'done-1',
      'failed-2',
      'done-2',
    ])
    expect(namesOf(transfers.list({ kinds: ['done', 'paused'], batchId: 'b2' }, page))).toEqual([
      'paused-2',
      'done-2',
    ])
    expect(transfers.list({ batchId: 'b1' }, page)).toHaveLength(12)
    expect(transfers.list({ kinds: [] }, page)).toEqual([])
    expect(transfers.list({ batchId: 'nobody' }, page)).toEqual([])
  })

  it('counts each kind', () => {
    const { transfers } = queueOfEveryKind()
    const { byState } = transfers.counts({ batchId: 'b1' })
    expect(Object.values(byState)).toEqual(Array.from({ length: 12 }, () => 1))
    expect(transfers.counts({}).byState.waiting).toBe(2)
    expect(transfers.counts({ batchId: 'nobody' }).byState.waiting).toBe(0)
  })

  it('puts back what a crash interrupted', () => {
    const { transfers } = queueOfEveryKind()
    expect(transfers.requeueInterrupted()).toBe(8)
    expect(transfers.requeueInterrupted()).toBe(0)
    expect(transfers.counts({}).byState).toMatchObject({ queued: 10, sending: 0, waiting: 2 })
    expect(transfers.ready({}, 100, 0)).toHaveLength(10)
  })

  it('takes up what is left to do, the failed only when asked', () => {
    const { transfers } = queueOfEveryKind()
    const untouched = { paused: 2, skipped: 2, cancelled: 2, done: 2 }
    expect(transfers.takeUp('b3', { failed: false })).toBe(14)
    expect(transfers.counts({}).byState).toMatchObject({ queued: 14, failed: 2, ...untouched })
    expect(transfers.counts({ batchId: 'b3' }).byState).toMatchObject({ queued: 14, failed: 0 })
    expect(transfers.takeUp('b4', { failed: true })).toBe(16)
    expect(transfers.counts({}).byState).toMatchObject({ queued: 16, failed: 0, ...untouched })
    expect(transfers.ready({ batchId: 'b4' }, 100, 0)).toHaveLength(16)
    expect(transfers.nextWakeMs({})).toBeUndefined()
    expect(codeThrownBy(() => transfers.takeUp('', { failed: false }))).toBe('internal')
  })

  it('takes up a blocked one with its checkpoint', () => {
    const stores = openTempStores()
    const { transfers } = stores
    const { id } = enqueueOne(stores)
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.openLanding(id, aLanding())
    transfers.saveState(id, { kind: 'blocked', error: anError })
    expect(transfers.takeUp('b2', { failed: false })).toBe(1)
    expect(transfers.get(id)).toMatchObject({ state: { kind: 'queued' }, sentBytes: 4 * MiB })
    expect(transfers.transaction(id)).toEqual(aTransaction())
    expect(transfers.acknowledgedParts(id)).toEqual([aPart(0)])
    expect(transfers.pendingLanding(id)).toEqual(aLanding())
  })
})

describe('single transfers', () => {
  it('knows nothing of an id nobody was given', () => {
    const { transfers } = openTempStores()
    expect(transfers.get('nobody')).toBeUndefined()
    expect(codeThrownBy(() => transfers.saveState('nobody', { kind: 'queued' }))).toBe('internal')
    expect(codeThrownBy(() => transfers.acknowledgePart('nobody', aPart(0)))).toBe('internal')
  })

  it('leaves nothing of the old state behind', () => {
    const stores = openTempStores()
    const { id } = enqueueOne(stores)
    const states: TransferState[] = [
      waiting(5),
      { kind: 'failed', error: { code: 'source-missing', atMs: 1 } },
      { kind: 'sending' },
      { kind: 'done', fileToken: 't', finishedAtMs: 3 },
      { kind: 'queued' },
    ]
    for (const state of states) {
      stores.transfers.saveState(id, state)
      expect(stores.transfers.get(id)?.state).toEqual(state)
    }
    expect(stores.transfers.ownTokens(['t'])).toEqual(new Set())
    expect(stores.transfers.nextWakeMs({})).toBeUndefined()
  })

  it('saves what is now uploaded', () => {
    const stores = openTempStores()
    const { id } = enqueueOne(stores)
    stores.transfers.saveSource(id, 8, aFingerprint({ sizeBytes: 8 }))
    expect(stores.transfers.get(id)).toMatchObject({
      sizeBytes: 8,
      fingerprint: aFingerprint({ sizeBytes: 8 }),
    })
  })
})
