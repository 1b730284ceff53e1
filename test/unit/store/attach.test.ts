import { describe, expect, it } from 'vitest'
import type { AttachStep, TransferState } from '#shared/model/transfer.ts'
import { anError, aResult, enqueueOne, openTempStores } from './store-kit.ts'

const RECORD: AttachStep = { kind: 'new-record', clientToken: 'c1', isSent: false }
const BLOCK: AttachStep = {
  kind: 'block',
  shows: 'file',
  clientToken: 'c2',
  block: { id: 'blk1', mediaBlockId: 'blk2' },
}

describe('a file that is up and not attached', () => {
  it('keeps its token and its step, and is not done', () => {
    const stores = openTempStores()
    const { transfers } = stores
    const { id } = enqueueOne(stores)
    transfers.complete(id, { ...aResult('boxcn1', 5), attach: RECORD })
    expect(transfers.pendingAttach(id)).toEqual({ place: RECORD, fileToken: 'boxcn1' })
    expect(transfers.get(id)?.state.kind).toBe('queued')
    expect(stores.receipts.ofTransfer(id)).toBeUndefined()
    transfers.saveState(id, { kind: 'attaching', fileToken: 'boxcn1' })
    expect(transfers.requeueInterrupted()).toBe(1)
    expect(transfers.pendingAttach(id)?.fileToken).toBe('boxcn1')
  })

  it('counts as sent, so that the progress of the whole does not fall back', () => {
    const stores = openTempStores()
    const { transfers, windows } = stores
    const { id } = enqueueOne(stores)
    const result = aResult('boxcn1', 5)
    transfers.complete(id, { ...result, attach: RECORD })
    transfers.saveState(id, { kind: 'attaching', fileToken: 'boxcn1' })
    expect(windows.sentOfUnfinished()).toEqual({ bytes: result.fingerprint.sizeBytes, calls: 1 })
    transfers.attached(id, { fileToken: 'boxcn1', finishedAtMs: 9 })
    expect(windows.sentOfUnfinished()).toEqual({ bytes: 0, calls: 0 })
  })

  it('is done once it is attached, and says where', () => {
    const stores = openTempStores()
    const { transfers } = stores
    const { id } = enqueueOne(stores)
    transfers.complete(id, { ...aResult('boxcn1', 5), attach: RECORD })
    transfers.attached(id, { fileToken: 'boxcn1', recordId: 'rec1', finishedAtMs: 9 })
    const state = { kind: 'done', fileToken: 'boxcn1', recordId: 'rec1', finishedAtMs: 9 }
    expect(transfers.get(id)?.state).toEqual(state)
    expect(transfers.pendingAttach(id)).toBeUndefined()
    expect(stores.receipts.ofTransfer(id)).toMatchObject({ fileToken: 'boxcn1', landedAtMs: 9 })
  })

  it('is not looked at anew when it is asked for again', () => {
    const stores = openTempStores()
    const { transfers } = stores
    const first = enqueueOne(stores)
    transfers.complete(first.id, { ...aResult('boxcn1', 5), attach: RECORD })
    transfers.saveState(first.id, { kind: 'failed', error: anError })
    const { id, state, sentBytes, queuedAtMs, ...item } = first
    const [again] = transfers.enqueue([{ ...item, fingerprint: null }], 'b2', 9)
    expect(again).toMatchObject({ id, state: { kind: 'queued' }, fingerprint: item.fingerprint })
    expect(transfers.pendingAttach(id)?.fileToken).toBe('boxcn1')
  })
})

describe('what is left behind in documents', () => {
  function left(fileToken: string | null, state: TransferState, place: AttachStep = BLOCK) {
    const stores = openTempStores()
    const { id } = enqueueOne(stores)
    stores.transfers.saveAttach(id, { place, fileToken })
    stores.transfers.saveState(id, state)
    const ids = () => stores.transfers.leftovers(9).map((each) => each.id)
    return { stores, id, ids }
  }

  it('is a block of a file that failed before it was up', () => {
    const { id, ids } = left(null, { kind: 'failed', error: anError })
    expect(ids()).toEqual([id])
  })

  it.each<[string, string | null, TransferState]>([
    ['is under way', null, { kind: 'sending' }],
    ['waits for a person', null, { kind: 'blocked', error: anError }],
    ['is up and may be attached yet', 'boxcn1', { kind: 'failed', error: anError }],
  ])('is none of a file that %s', (_, fileToken, state) => {
    expect(left(fileToken, state).ids()).toEqual([])
  })

  it('is a block of a cancelled file once that can not be taken back', () => {
    const { stores, id, ids } = left(null, { kind: 'cancelled' })
    expect(ids()).toEqual([])
    stores.controls.forgetCancelled([id])
    expect(ids()).toEqual([id])
    stores.transfers.dropAttach(id)
    expect(ids()).toEqual([])
  })

  it('is forgotten with a cancel where nothing has to be taken away', () => {
    const { stores, id, ids } = left('boxcn1', { kind: 'cancelled' }, RECORD)
    stores.controls.forgetCancelled()
    expect(stores.transfers.pendingAttach(id)).toBeUndefined()
    expect(ids()).toEqual([])
  })
})
