import { describe, expect, it } from 'vitest'
import type { IndexChange, IndexedFile } from '#main/watch/ports.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { codeThrownBy, makeTempFolder, openTempStores } from './store-kit.ts'

const TO = { kind: 'folder', folderToken: 'fldcnRoot' } as const
const HASH = 'ab'.repeat(32)

function aFile(name: string, more: Partial<IndexedFile> = {}): IndexedFile {
  return {
    name,
    stamp: `ino-${name}.3.time`,
    sizeBytes: 3,
    standing: 'up',
    place: 1,
    transferId: null,
    gone: false,
    ...more,
  }
}

function save(
  dir: string,
  name: string,
  more: Partial<IndexedFile> = {},
  hash: string | null = null,
) {
  return { kind: 'save', dir, file: aFile(name, more), hash } satisfies IndexChange
}

function scopeWith(...changes: IndexChange[]) {
  const home = makeTempFolder()
  const stores = openTempStores(home)
  const scope = stores.files.scope('/in', TO)
  scope.apply(changes)
  return { home, stores, scope }
}

describe('the file index', () => {
  it('counts what is there by how it stands, for one folder and destination', () => {
    const { stores, scope } = scopeWith(
      save('', 'a'),
      save('', 'b', { standing: 'queued', transferId: 't1' }),
      save('sub', 'c'),
      save('sub', 'd', { standing: 'baseline' }),
      save('', 'away'),
    )
    scope.apply([{ kind: 'gone', dir: '', name: 'away', atMs: 5 }])
    stores.files.scope('/other', TO).apply([save('', 'x')])
    const counts = { baseline: 1, queued: 1, up: 2, failed: 0, copy: 0 }
    expect(stores.files.counts('/in', TO)).toEqual(counts)
    expect(stores.files.counts('/nowhere', TO)).toMatchObject({ up: 0, queued: 0 })
  })

  it('forgets that files are up, and nothing else, for a file, a folder or what is around it', () => {
    const files = [
      save('', 'a'),
      save('sub', 'b'),
      save('sub/deep', 'c', { standing: 'copy' }),
      save('sub-2', 'd'),
      save('sub', 'e', { standing: 'queued', transferId: 't1' }),
      save('sub', 'f', { standing: 'baseline' }),
    ]
    const left = (path: string, to: Destination = TO) => {
      const { stores, scope } = scopeWith(...files)
      const count = stores.files.forget(path, to)
      const names = ['', 'sub', 'sub/deep', 'sub-2'].flatMap((dir) => [
        ...scope.directory(dir).files.keys(),
      ])
      return [count, names.join('')]
    }
    expect(left('/in/sub')).toEqual([2, 'aefd'])
    expect(left('/in/sub/b')).toEqual([1, 'aefcd'])
    expect(left('/in')).toEqual([4, 'ef'])
    expect(left('/')).toEqual([4, 'ef'])
    expect(left('/in/no')).toEqual([0, 'abefcd'])
    expect(left('/in', { ...TO, folderToken: 'other' })).toEqual([0, 'abefcd'])
  })

  it('gives back what was noted, per folder', () => {
    const { scope } = scopeWith(
      save('', 'a'),
      save('x/y', 'b', { standing: 'failed', transferId: 't' }),
    )
    expect([...scope.directory('').files.values()]).toEqual([aFile('a')])
    expect(scope.directory('').folders).toEqual(['x'])
    expect(scope.directory('x')).toEqual({ files: new Map(), folders: ['y'] })
    expect(scope.file('x/y', 'b')).toEqual(aFile('b', { standing: 'failed', transferId: 't' }))
    expect(scope.file('x', 'b')).toBeUndefined()
  })

  it('finds a folder and destination again, and keeps others apart', () => {
    const { home, stores } = scopeWith(save('', 'a'))
    stores.close()
    const { files } = openTempStores(home)
    expect(files.scope('/in', { folderToken: 'fldcnRoot', kind: 'folder' }).file('', 'a')).toEqual(
      aFile('a'),
    )
    expect(files.scope('/in', { ...TO, folderToken: 'other' }).isEmpty()).toBe(true)
    expect(files.scope('/elsewhere', TO).withFile(aFile('a').stamp)).toEqual([])
  })

  it('leaves no trace of a look', () => {
    const { stores } = scopeWith()
    expect(stores.files.scope('/new', TO).directory('').files.size).toBe(0)
    expect(stores.files.scope('/new', TO).places()).toEqual([])
  })

  it('knows who is gone, with folders and all, and who came back', () => {
    const { scope } = scopeWith(
      save('d', 'a', {}, HASH),
      save('d/e', 'b'),
      save('d-2', 'c'),
      save('d0', 'c'),
      { kind: 'folder-gone', dir: 'd', atMs: 5 },
    )
    expect(scope.directory('').folders.toSorted()).toEqual(['d-2', 'd0'])
    expect(scope.file('d', 'a')?.gone).toBe(true)
    expect(scope.file('d/e', 'b')?.gone).toBe(true)
    expect(scope.file('d-2', 'c')?.gone).toBe(false)
    expect(scope.file('d0', 'c')?.gone).toBe(false)
    expect(scope.hasGoneOfSize(3)).toBe(true)
    expect(scope.hasGoneOfSize(4)).toBe(false)
    expect(scope.goneWithContent(HASH)).toMatchObject([{ dir: 'd', file: { name: 'a' } }])
    scope.apply([{ kind: 'restamp', dir: 'd', name: 'a', stamp: 'new', was: aFile('a').stamp }])
    expect(scope.file('d', 'a')).toEqual(aFile('a', { stamp: 'new' }))
    expect(scope.directory('').folders.toSorted()).toEqual(['d', 'd-2', 'd0'])
    scope.prune(6)
    expect(scope.file('d/e', 'b')).toBeUndefined()
    expect(scope.hash('d', 'a')).toBe(HASH)
  })

  it('sets a hash only for the version it is of', () => {
    const { scope } = scopeWith(save('', 'a'))
    const { stamp } = aFile('a')
    scope.apply([{ kind: 'hash', dir: '', name: 'a', stamp: 'other', hash: HASH }])
    expect(scope.hash('', 'a')).toBeNull()
    expect(scope.withContent(HASH)).toBeUndefined()
    scope.apply([{ kind: 'hash', dir: '', name: 'a', stamp, hash: HASH }])
    expect(scope.hash('', 'a')).toBe(HASH)
    expect(scope.withContent(HASH)).toMatchObject({ dir: '', file: { name: 'a' } })
  })

  it('learns how a transfer ended, whichever version went up', () => {
    const queued = { standing: 'queued', transferId: 't1' } as const
    const { scope, stores } = scopeWith(
      save('', 'a', queued, HASH),
      save('', 'b', { ...queued, transferId: 't2' }, HASH),
    )
    expect(stores.files.transferDone('t1', { stamp: aFile('a').stamp, hash: null })).toEqual([
      { folder: '/in', dir: '', isOutdated: false },
    ])
    expect(scope.file('', 'a')).toEqual(aFile('a'))
    expect(scope.hash('', 'a')).toBe(HASH)
    expect(stores.files.transferDone('t2', { stamp: 'older', hash: null })).toMatchObject([
      { isOutdated: true },
    ])
    expect(scope.file('', 'b')).toEqual(aFile('b', { stamp: 'older' }))
    expect(scope.hash('', 'b')).toBeNull()
    expect(stores.files.transferDone('t1', { stamp: null, hash: null })).toEqual([])
    scope.apply([save('', 'c', { ...queued, transferId: 't3' })])
    stores.files.transferFailed('t3')
    expect(scope.file('', 'c')?.standing).toBe('failed')
  })

  it('finds the one file of a number, size and mtime, whatever its ctime', () => {
    const { scope } = scopeWith(
      save('d', 'a', { stamp: '1.2.3.4' }),
      save('d', 'b', { stamp: '1.2.30.4' }),
      save('d', 'old', { stamp: '1.2.3' }),
    )
    const found = scope.withFile('1.2.3').map(({ file }) => file.name)
    expect(found.toSorted()).toEqual(['a', 'old'])
  })

  it('notes a new stamp only for the version it was found the same as', () => {
    const { scope } = scopeWith(save('', 'a'))
    scope.apply([{ kind: 'restamp', dir: '', name: 'a', stamp: 'newer', was: 'another' }])
    expect(scope.file('', 'a')).toEqual(aFile('a'))
    scope.apply([{ kind: 'restamp', dir: '', name: 'a', stamp: 'newer', was: aFile('a').stamp }])
    expect(scope.file('', 'a')?.stamp).toBe('newer')
  })

  it('takes the hash of what went up from the upload', () => {
    const queued = { standing: 'queued', transferId: 't1' } as const
    const { scope, stores } = scopeWith(save('', 'a', queued))
    stores.files.transferDone('t1', { stamp: 'sent', hash: HASH })
    expect(scope.file('', 'a')).toEqual(aFile('a', { stamp: 'sent' }))
    expect(scope.hash('', 'a')).toBe(HASH)
  })

  it('forgets copies of what was on its way when it did not get there, or is another content', () => {
    const OTHER = 'cd'.repeat(32)
    const queued = { standing: 'queued', transferId: 't1' } as const
    const copy = { standing: 'copy', transferId: 't1' } as const
    const { scope, stores } = scopeWith(
      save('', 'a', queued, HASH),
      save('d', 'twin', copy, HASH),
      save('d', 'other', copy, OTHER),
    )
    expect(stores.files.transferDone('t1', { stamp: null, hash: HASH })).toMatchObject([
      { dir: '', isOutdated: false },
      { dir: 'd', isOutdated: true },
      { dir: 'd', isOutdated: false },
    ])
    expect(scope.file('d', 'twin')).toEqual(aFile('twin', { standing: 'copy' }))
    expect(scope.file('d', 'other')).toBeUndefined()
    scope.apply([save('', 'b', { ...queued, transferId: 't2' }, OTHER)])
    scope.apply([save('d', 'twin', { ...copy, transferId: 't2' }, OTHER)])
    expect(stores.files.transferFailed('t2')).toMatchObject([
      { dir: '', isOutdated: false },
      { dir: 'd', isOutdated: true },
    ])
    expect(scope.file('d', 'twin')).toBeUndefined()
  })

  it('turns pages without missing or repeating anything', () => {
    const names = Array.from({ length: 25 }, (_, index) => `f${index}`)
    const dirs = ['', 'z', 'a', 'a/b']
    const { scope } = scopeWith(
      ...dirs.flatMap((dir) =>
        names.flatMap((name) => [
          save(dir, name, { standing: 'queued', transferId: `${dir}-${name}` }),
          save(dir, `up-${name}`),
        ]),
      ),
    )
    for (const page of ['queued', 'unhashed'] as const) {
      const seen: string[] = []
      let after: { dir: string; name: string } | undefined
      for (;;) {
        const rows = scope[page](after, 7)
        const last = rows.at(-1)
        if (last === undefined) break
        seen.push(...rows.map(({ dir, file }) => `${dir}/${file.name}`))
        after = { dir: last.dir, name: last.file.name }
      }
      expect(new Set(seen).size).toBe(100)
      expect(seen).toHaveLength(100)
    }
  })

  it('does all of it or nothing, and goes on afterwards', () => {
    const { scope } = scopeWith()
    const broken = { ...save('d', 'b'), file: aFile('b', { sizeBytes: Number.NaN }) }
    expect(codeThrownBy(() => scope.apply([save('d', 'a'), broken]))).toBe('internal')
    expect(scope.isEmpty()).toBe(true)
    scope.apply([save('d', 'a')])
    expect(scope.file('d', 'a')).toEqual(aFile('a'))
  })

  it('remembers the rule it was begun for, and the remote folders', () => {
    const { scope, stores } = scopeWith()
    expect(scope.begunFor()).toBeNull()
    scope.saveBegun('r1')
    const row = { folder: ['a'], number: 2, remote: ['a (2)'], children: 7 }
    scope.apply([
      { kind: 'place', row },
      { kind: 'place', row: { ...row, children: 8 } },
    ])
    const again = stores.files.scope('/in', TO)
    expect(again.begunFor()).toBe('r1')
    expect(again.places()).toEqual([{ ...row, children: 8 }])
  })
})
