import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import {
  aFingerprint,
  aLanding,
  aNewTransfer,
  aPart,
  aResult,
  aTransaction,
  codeThrownBy,
  MiB,
  makeTempFolder,
  openTempStores,
} from './store-kit.ts'

function startOne(home = makeTempFolder()) {
  const stores = openTempStores(home)
  const [transfer] = stores.transfers.enqueue([aNewTransfer('a.bin')], 'b1', 100)
  if (transfer === undefined) throw new Error('nothing was queued')
  return { ...stores, home, id: transfer.id }
}

describe('a checkpoint', () => {
  it('is whole after a restart', () => {
    const { transfers, id, home, close } = startOne()
    transfers.openTransaction(id, aTransaction())
    for (const seq of [2, 0, 1]) transfers.acknowledgePart(id, aPart(seq))
    close()
    const reopened = openTempStores(home).transfers
    expect(reopened.transaction(id)).toEqual(aTransaction())
    expect(reopened.acknowledgedParts(id)).toEqual([aPart(0), aPart(1), aPart(2)])
    expect(reopened.get(id)?.sentBytes).toBe(12 * MiB)
  })

  it('keeps the count of calls, which is written with what they brought', () => {
    const { transfers, id, home, close } = startOne()
    for (const _ of ['prepare', 'a part', 'the next part']) transfers.noteCall(id)
    transfers.openTransaction(id, aTransaction())
    transfers.noteCall(id)
    transfers.acknowledgePart(id, aPart(0))
    transfers.noteCall(id)
    transfers.saveCalls(id)
    transfers.noteCall(id) // The process is killed before anything comes of it.
    close()
    const { transfers: reopened, receipts } = openTempStores(home)
    reopened.noteCall(id)
    reopened.complete(id, aResult('boxcn1', 5))
    expect(receipts.ofTransfer(id)?.calls).toBe(6)
  })

  it('does not exist before it is opened', () => {
    const { transfers, id } = startOne()
    expect(transfers.transaction(id)).toBeUndefined()
    expect(transfers.acknowledgedParts(id)).toEqual([])
    expect(codeThrownBy(() => transfers.acknowledgePart(id, aPart(0)))).toBe('internal')
    expect(codeThrownBy(() => transfers.confirmFingerprint(id, aFingerprint()))).toBe('internal')
    expect(transfers.get(id)?.sentBytes).toBe(0)
  })

  it('counts a part once however often it is acknowledged', () => {
    const { transfers, id } = startOne()
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.acknowledgePart(id, aPart(0))
    transfers.acknowledgePart(id, aPart(0, { sizeBytes: 7, checksum: 1 }))
    expect(transfers.acknowledgedParts(id)).toEqual([aPart(0, { sizeBytes: 7, checksum: 1 })])
    expect(transfers.get(id)?.sentBytes).toBe(7)
  })

  it('takes the place of the one before, parts and all', () => {
    const { transfers, id } = startOne()
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.openTransaction(id, aTransaction({ uploadId: '8' }))
    expect(transfers.transaction(id)?.uploadId).toBe('8')
    expect(transfers.acknowledgedParts(id)).toEqual([])
    expect(transfers.get(id)?.sentBytes).toBe(0)
  })

  it('is forgotten as a whole', () => {
    const { transfers, id } = startOne()
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.dropTransaction(id)
    transfers.dropTransaction(id)
    expect(transfers.transaction(id)).toBeUndefined()
    expect(transfers.acknowledgedParts(id)).toEqual([])
    expect(transfers.get(id)?.sentBytes).toBe(0)
  })

  it('has its fingerprint replaced alone', () => {
    const { transfers, id } = startOne()
    transfers.openTransaction(id, aTransaction())
    const fingerprint = aFingerprint({ mtimeNs: '1', ino: '2' })
    transfers.confirmFingerprint(id, fingerprint)
    expect(transfers.transaction(id)).toEqual(aTransaction({ fingerprint }))
  })
})

describe('a landing', () => {
  it('is kept until it is known what came of the call', () => {
    const { transfers, id, home, close } = startOne()
    expect(transfers.pendingLanding(id)).toBeUndefined()
    transfers.openLanding(id, aLanding({ call: 'upload_all' }))
    transfers.openLanding(id, aLanding({ checksums: [], tokensBefore: [] }))
    close()
    const reopened = openTempStores(home).transfers
    expect(reopened.pendingLanding(id)).toEqual(aLanding({ checksums: [], tokensBefore: [] }))
    reopened.dropLanding(id)
    reopened.dropLanding(id)
    expect(reopened.pendingLanding(id)).toBeUndefined()
  })
})

describe('complete', () => {
  it('closes everything and leaves a receipt', () => {
    const { transfers, receipts, id } = startOne()
    transfers.openTransaction(id, aTransaction())
    transfers.acknowledgePart(id, aPart(0))
    transfers.openLanding(id, aLanding())
    const url = 'https://example.feishu.cn/file/boxcn1'
    transfers.complete(id, { ...aResult('boxcn1', 9), url })
    const transfer = transfers.get(id)
    expect(transfer).toMatchObject({
      pageUrl: url,
      state: { kind: 'done', fileToken: 'boxcn1', finishedAtMs: 9 },
      sentBytes: 10 * MiB,
      sizeBytes: 10 * MiB,
    })
    expect(transfers.transaction(id)).toBeUndefined()
    expect(transfers.pendingLanding(id)).toBeUndefined()
    expect(receipts.ofTransfer(id)).toMatchObject({
      transferId: id,
      fileToken: 'boxcn1',
      landedAtMs: 9,
      fingerprint: aFingerprint(),
      blockSizeBytes: 4 * MiB,
      checksums: [1, 2, 4_294_967_295],
      contentHash: 'cd'.repeat(32),
    })
  })

  it('is found by file and folder, the oldest first', () => {
    const { transfers, receipts, id } = startOne()
    const item = aNewTransfer('a.bin')
    transfers.complete(id, aResult('newest', 30))
    const [second, other] = transfers.enqueue([item, aNewTransfer('b.bin')], 'b1', 100)
    transfers.complete(second?.id ?? '', aResult('older', 20))
    transfers.complete(other?.id ?? '', aResult('other', 25))
    transfers.enqueue([item], 'b1', 100)
    const tokens = (path?: string) => [...receipts.all(path)].map(({ fileToken }) => fileToken)
    expect(tokens(item.path)).toEqual(['older', 'newest'])
    expect(tokens(dirname(item.path))).toEqual(['older', 'other', 'newest'])
    expect(tokens()).toEqual(['older', 'other', 'newest'])
    expect(tokens('/elsewhere')).toEqual([])
    expect([...receipts.copiesAt(item.path)].map(({ fileToken }) => fileToken)).toEqual(['older'])
  })

  it('leaves the database to others while copies are walked through', () => {
    const { transfers, receipts, id, home } = startOne()
    transfers.complete(id, aResult('first', 1))
    for (const name of ['b.bin', 'c.bin']) {
      const [more] = transfers.enqueue([aNewTransfer(name)], 'b1', 100)
      transfers.complete(more?.id ?? '', aResult(name, 2))
    }
    const walk = receipts.copiesAt(dirname(aNewTransfer('a.bin').path))[Symbol.iterator]()
    expect(walk.next().value?.fileToken).toBe('first')
    const owner = new DatabaseSync(join(home, 'feidi.db'))
    owner.exec("INSERT OR REPLACE INTO memos VALUES ('a', '1')")
    expect(owner.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 })
    owner.close()
    expect(walk.next().value?.fileToken).toBe('b.bin')
  })

  it('makes the token one of ours', () => {
    const { transfers, id } = startOne()
    expect(transfers.ownTokens(['boxcn1'])).toEqual(new Set())
    transfers.complete(id, aResult('boxcn1', 9))
    const many = Array.from({ length: 40_000 }, (_, index) => `stranger-${index}`)
    expect(transfers.ownTokens([...many, 'boxcn1', 'boxcn1'])).toEqual(new Set(['boxcn1']))
    expect(transfers.ownTokens([])).toEqual(new Set())
  })

  it('keeps a receipt of 10,000 parts', () => {
    const { transfers, receipts, id } = startOne()
    const checksums = Array.from({ length: 10_000 }, (_, seq) => (seq * 2_654_435_761) >>> 0)
    transfers.complete(id, { ...aResult('t', 1), checksums })
    expect(receipts.ofTransfer(id)?.checksums).toEqual(checksums)
  })
})
