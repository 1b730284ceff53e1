import { describe, expect, it } from 'vitest'
import type { AttachStep } from '#shared/model/transfer.ts'
import { aResult, enqueueOne, openTempStores } from './store-kit.ts'

const RECORD: AttachStep = { kind: 'new-record', clientToken: 'c1', isSent: false }

/** Files that are up, in a batch on disk. */
function openBatch(names: readonly string[] = ['a', 'b', 'c']) {
  const stores = openTempStores()
  const { transfers } = stores
  const ids = names.map((name) => {
    const { id } = enqueueOne(stores, name)
    transfers.complete(id, { ...aResult(`boxcn-${name}`, 5), attach: RECORD })
    return id
  })
  const records = ids.map((transferId, index) => {
    return { transferId, fileToken: `boxcn-${names[index]}`, fields: { 文本: names[index] } }
  })
  const batch = { clientToken: 't1', records }
  transfers.openBatch(batch)
  const placeOf = (id = '') => transfers.pendingAttach(id)?.place
  return { stores, transfers, ids, batch, placeOf }
}

describe('records that are written together', () => {
  it('are kept as they are sent, and each file knows its batch', () => {
    const { transfers, ids, batch, placeOf } = openBatch()
    expect(transfers.recordBatch('t1')).toEqual(batch)
    for (const id of ids) expect(placeOf(id)).toEqual({ ...RECORD, batch: 't1' })
  })

  it('are made together: each file learns its record, whatever is known of it', () => {
    const { transfers, ids, placeOf } = openBatch()
    transfers.batchMade('t1', ['rec1', undefined, 'rec3'])
    expect(ids.map(placeOf)).toEqual(
      [{ recordId: 'rec1' }, {}, { recordId: 'rec3' }].map((made) => ({ ...RECORD, made })),
    )
    expect(transfers.recordBatch('t1')).toBeUndefined()
  })

  it.each([true, false])('are dissolved: each is made by itself, looked for first: %s', (mayBe) => {
    const { transfers, ids, placeOf } = openBatch()
    transfers.dissolveBatch('t1', mayBe)
    for (const id of ids) expect(placeOf(id)).toEqual({ ...RECORD, isSent: mayBe })
    expect(transfers.recordBatch('t1')).toBeUndefined()
  })

  it('stay together when a file is cancelled; the file has nothing to do with it any more', () => {
    const { stores, transfers, ids, batch, placeOf } = openBatch()
    const [first = '', second, third] = ids
    stores.controls.moveStates([first], 9, () => ({ kind: 'cancelled' }))
    stores.controls.forgetCancelled([first])
    expect(transfers.recordBatch('t1')).toEqual(batch)
    transfers.saveAttach(first, { place: RECORD, fileToken: 'boxcn-new' })
    transfers.batchMade('t1', ['rec1', 'rec2', 'rec3'])
    expect(placeOf(first)).toEqual(RECORD)
    expect(placeOf(second)).toMatchObject({ made: { recordId: 'rec2' } })
    expect(placeOf(third)).toMatchObject({ made: { recordId: 'rec3' } })
  })

  it('are forgotten when nobody waits for any of them', () => {
    const { stores, transfers, ids } = openBatch(['a'])
    stores.controls.moveStates(ids, 9, () => ({ kind: 'cancelled' }))
    stores.controls.forgetCancelled(ids)
    transfers.openBatch({ clientToken: 't2', records: [] })
    expect(transfers.recordBatch('t1')).toBeUndefined()
    expect(transfers.recordBatch('t2')).toBeDefined()
  })
})
