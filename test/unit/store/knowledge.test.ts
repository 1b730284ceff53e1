import { describe, expect, it } from 'vitest'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { aNewTransfer, aPart, aTransaction, makeTempFolder, openTempStores } from './store-kit.ts'

describe('the quota', () => {
  it('counts per app, endpoint and day', () => {
    const { quota } = openTempStores()
    expect(quota.callsUsed('app', 'part', '2026-01-01')).toBe(0)
    expect(quota.lastCallAtMs('app', 'part')).toBeUndefined()
    expect(quota.countCall('app', 'part', '2026-01-01', 10)).toBe(1)
    expect(quota.countCall('app', 'part', '2026-01-01', 20)).toBe(2)
    expect(quota.countCall('app', 'part', '2026-01-02', 30)).toBe(1)
    expect(quota.countCall('app', 'all', '2026-01-01', 40)).toBe(1)
    expect(quota.countCall('other', 'part', '2026-01-01', 50)).toBe(1)
    expect(quota.callsUsed('app', 'part', '2026-01-01')).toBe(2)
    expect(quota.lastCallAtMs('app', 'part')).toBe(30)
    expect(quota.usage('app', '2026-01-01')).toEqual([
      { endpoint: 'all', calls: 1 },
      { endpoint: 'part', calls: 2 },
    ])
    expect(quota.usage('app', '2026-01-03')).toEqual([])
  })

  it('outlives the process', () => {
    const home = makeTempFolder()
    const { quota, close } = openTempStores(home)
    quota.countCall('app', 'part', 'd', 10)
    close()
    expect(openTempStores(home).quota.countCall('app', 'part', 'd', 20)).toBe(2)
  })
})

describe('known folders', () => {
  it('are kept per identity, parent and exact name', () => {
    const { folders } = openTempStores()
    folders.saveFolder('me', 'root', 'Photos', 'f1')
    expect(folders.folderToken('me', 'root', 'Photos')).toBe('f1')
    expect(folders.folderToken('me', 'root', 'photos')).toBeUndefined()
    expect(folders.folderToken('you', 'root', 'Photos')).toBeUndefined()
    folders.saveFolder('me', 'root', 'Photos', 'f2')
    expect(folders.folderToken('me', 'root', 'Photos')).toBe('f2')
  })

  it('are forgotten with all below them, and nothing else', () => {
    const { folders } = openTempStores()
    folders.saveFolder('me', 'root', 'a', 'A')
    folders.saveFolder('me', 'A', 'b', 'B')
    folders.saveFolder('me', 'B', 'c', 'C')
    folders.saveFolder('me', 'root', 'z', 'Z')
    folders.saveFolder('you', 'A', 'b', 'B')
    folders.forgetFolder('me', 'A')
    expect(folders.folderToken('me', 'root', 'a')).toBeUndefined()
    expect(folders.folderToken('me', 'A', 'b')).toBeUndefined()
    expect(folders.folderToken('me', 'B', 'c')).toBeUndefined()
    expect(folders.folderToken('me', 'root', 'z')).toBe('Z')
    expect(folders.folderToken('you', 'A', 'b')).toBe('B')
  })

  it('may claim to contain each other', () => {
    const { folders } = openTempStores()
    folders.saveFolder('me', 'A', 'b', 'B')
    folders.saveFolder('me', 'B', 'a', 'A')
    folders.forgetFolder('me', 'A')
    expect(folders.folderToken('me', 'A', 'b')).toBeUndefined()
  })
})

describe('memos', () => {
  it.each([0, '', false, null, [1, { a: '文' }], { nested: { n: 1.5 } }])(
    'remembers %j',
    (value) => {
      const { memos } = openTempStores()
      memos.remember('key', 'something before')
      memos.remember('key', value)
      expect(memos.recall('key')).toEqual(value)
    },
  )

  it('forgets what is remembered as undefined', () => {
    const { memos } = openTempStores()
    memos.remember('key', 1)
    memos.remember('key', undefined)
    expect(memos.recall('key')).toBeUndefined()
    expect(memos.recall('never')).toBeUndefined()
  })
})

describe('a look from outside', () => {
  it('finds nothing where nothing was stored, and leaves nothing', () => {
    expect(openStoresReadOnly(makeTempFolder())).toBeUndefined()
  })

  it('sees each commit of the owner as it happens', () => {
    const home = makeTempFolder()
    const { transfers } = openTempStores(home)
    const [made] = transfers.enqueue([aNewTransfer('a')], 'b1', 1)
    const id = made?.id ?? ''
    transfers.openTransaction(id, aTransaction())
    const reader = openStoresReadOnly(home)
    transfers.acknowledgePart(id, aPart(0))
    expect(reader?.transfers.counts({})).toEqual(transfers.counts({}))
    expect(reader?.transfers.get(id)).toEqual(transfers.get(id))
    expect(reader?.transfers.get(id)?.sentBytes).toBe(aPart(0).sizeBytes)
    reader?.close()
  })
})
