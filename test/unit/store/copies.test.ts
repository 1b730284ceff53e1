import { describe, expect, it } from 'vitest'
import type { NewTransfer } from '#main/engine/ports.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { aFingerprint, aNewTransfer, aResult, openTempStores } from './store-kit.ts'

const { destination } = aNewTransfer('a.bin')

/** Brings a file up and returns its path. */
function bringUp(
  { transfers }: Stores,
  fileToken: string,
  finishedAtMs: number,
  more: Partial<NewTransfer> = {},
): string {
  const item = aNewTransfer('a.bin', more)
  const [transfer] = transfers.enqueue([item], 'b1', 100)
  transfers.complete(transfer?.id ?? '', aResult(fileToken, finishedAtMs))
  return item.path
}

describe('a copy in Feishu', () => {
  it('is known with its content and proof once the file is up', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'boxcn1', 9)
    expect(stores.copies.at(path, destination, [])).toEqual({
      path,
      destination,
      remoteFolders: [],
      fileName: 'a.bin',
      identity: '',
      fileToken: 'boxcn1',
      document: null,
      version: null,
      contentHash: 'cd'.repeat(32),
      fingerprint: aFingerprint(),
      proof: 'answer',
      transferId: expect.any(String),
      landedAtMs: 9,
      missedAtMs: null,
    })
    expect(stores.copies.at(path, destination, ['sub'])).toBeUndefined()
    expect(stores.copies.at('/elsewhere', destination, [])).toBeUndefined()
  })

  it('is not known before the file is shown where it belongs', () => {
    const stores = openTempStores()
    const item = aNewTransfer('a.bin')
    const [transfer] = stores.transfers.enqueue([item], 'b1', 100)
    const id = transfer?.id ?? ''
    stores.transfers.complete(id, { ...aResult('boxcn1', 9), attach: { kind: 'grant' } })
    expect(stores.copies.at(item.path, destination, [])).toBeUndefined()
    stores.transfers.attached(id, { fileToken: 'boxcn1', finishedAtMs: 10 })
    expect(stores.copies.at(item.path, destination, [])).toMatchObject({
      fileToken: 'boxcn1',
      contentHash: 'cd'.repeat(32),
      proof: 'answer',
    })
  })

  it('gives way to the newest of its file, and stays known as ours', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'first', 9)
    bringUp(stores, 'second', 20)
    expect(stores.copies.at(path, destination, [])?.fileToken).toBe('second')
    expect(stores.copies.holders(['first', 'second']).map((copy) => copy.fileToken)).toEqual([
      'second',
    ])
    expect(stores.copies.known(['first', 'second', 'stranger'])).toEqual(
      new Set(['first', 'second']),
    )
  })

  it('is the same one after it was replaced', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'boxcn1', 9)
    bringUp(stores, 'boxcn1', 20)
    expect(stores.copies.ofPath(path, destination)).toMatchObject([
      { fileToken: 'boxcn1', landedAtMs: 20 },
    ])
  })

  it('is held by a renamed file as well', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'boxcn1', 9, { remoteFolders: ['报告'] })
    stores.copies.share('/home/li/renamed.bin', { path, destination })
    expect(stores.copies.holders(['boxcn1']).map((copy) => copy.path)).toEqual([
      path,
      '/home/li/renamed.bin',
    ])
    stores.copies.forget(path)
    expect(stores.follow.changedAtMs('boxcn1')).toBe(9)
  })

  it('is forgotten only when told so', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'boxcn1', 9, { path: '/home/li/报告/a.bin' })
    bringUp(stores, 'boxcn2', 9, { path: '/home/li/报告-2/a.bin' })
    expect(stores.copies.forget('/home/li/报告')).toBe(1)
    expect(stores.copies.at(path, destination, [])).toBeUndefined()
    expect(stores.copies.forget('/home/li/报告-2/a.bin')).toBe(1)
    expect(stores.copies.known(['boxcn1', 'boxcn2'])).toEqual(new Set())
  })

  it('is still known when the queue is cancelled, handed over and taken up', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'boxcn1', 9)
    const [again] = stores.transfers.enqueue([aNewTransfer('a.bin')], 'b2', 100)
    const ids = [again?.id ?? '']
    stores.controls.handOver(ids, 'app:other')
    stores.controls.moveStates(ids, 5, () => ({ kind: 'cancelled' }))
    stores.controls.forgetCancelled(ids)
    stores.controls.forgetCancelled()
    stores.transfers.takeUp('b3', { failed: true })
    stores.transfers.disown('app:other')
    expect(stores.copies.at(path, destination, [])).toMatchObject({ fileToken: 'boxcn1' })
  })

  it('is noted as missing, and there again when it comes up once more', () => {
    const stores = openTempStores()
    const path = bringUp(stores, 'boxcn1', 9)
    stores.copies.missed(['boxcn1'], 50)
    expect(stores.copies.at(path, destination, [])?.missedAtMs).toBe(50)
    bringUp(stores, 'boxcn1', 60)
    expect(stores.copies.at(path, destination, [])?.missedAtMs).toBeNull()
  })
})
