import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stores } from '#main/store/open-stores.ts'
import type { ListFilter, SearchWord } from '#main/store/queue-filters.ts'
import type { Opening } from '#main/store/queue-windows.ts'
import type { Standing } from '#main/watch/ports.ts'
import type { Transfer, TransferState, TransferStateKind } from '#shared/model/transfer.ts'
import { IDLE, STATE_KINDS } from '#shared/transfer/state-kinds.ts'
import { aNewTransfer, anError, aTransaction, MiB, openTempStores } from './store-kit.ts'

const KINDS = ['queued', 'paused', 'failed', 'done', 'cancelled'] as const

function stateOf(kind: (typeof KINDS)[number], atMs: number): TransferState {
  if (kind === 'failed') return { kind, error: { ...anError, atMs } }
  if (kind === 'done') return { kind, fileToken: 'boxcn', finishedAtMs: atMs }
  return { kind }
}

/** Transfers in several states; returns them in the order they were queued. */
function fill(
  stores: Stores,
  items: readonly { name: string; kind: (typeof KINDS)[number]; size: number }[],
) {
  return items.map(({ name, kind, size }, index) => {
    const [queued] = stores.transfers.enqueue(
      [aNewTransfer(`${index}-${name}`, { sizeBytes: size })],
      'batch',
      1_000 + index,
    )
    const id = queued?.id ?? ''
    stores.controls.moveStates([id], 5_000 + index, () => stateOf(kind, 5_000 + index))
    return stores.transfers.get(id) as Transfer
  })
}

const item = fc.record({
  name: fc.constantFrom(
    '报告.pdf',
    'Film.MOV',
    'film_2%.mov',
    'a.txt',
    'B.txt',
    '100%.txt',
    'a\\b.txt',
  ),
  kind: fc.constantFrom(...KINDS),
  size: fc.nat(30 * MiB),
})

describe('windows of one watched folder', () => {
  it('hold the files that its index knows, and nothing that only lies beside them', () => {
    const stores = openTempStores()
    const to = (folderToken: string) => ({ kind: 'folder', folderToken }) as const
    const paths = ['/a/b/1', '/a/b/c/d/2', '/a/b/left-out.pdf', '/a/b/c/first', '/a/bc/3', '/a/b']
    const items = paths.map((path) => aNewTransfer('x', { path, destination: to('one') }))
    const other = aNewTransfer('x', { path: '/a/b/1', destination: to('two') })
    stores.transfers.enqueue([...items, other], 'batch', 1)
    const save = (dir: string, name: string, standing: Standing) => {
      const file = { name, standing, stamp: '', sizeBytes: 1, place: null, transferId: null }
      return { kind: 'save', dir, file: { ...file, gone: false }, hash: null } as const
    }
    stores.files
      .scope('/a/b', to('one'))
      .apply([save('', '1', 'up'), save('c', 'first', 'baseline'), save('c/d', '2', 'queued')])
    const place = { folder: '/a/b', destination: to('one') }
    const filter = { kinds: KINDS, search: [], place }
    const window = { ...filter, order: 'added', descending: false, offset: 0, limit: 10 } as const
    expect(stores.windows.window(window).map(({ path }) => path)).toEqual(['/a/b/1', '/a/b/c/d/2'])
    expect(stores.windows.total(filter)).toBe(2)
    expect(stores.windows.tally(filter)).toMatchObject([{ kind: 'queued', transfers: 2 }])
    expect(stores.windows.total({ ...filter, search: wordsOf('d/') })).toBe(1)
    expect(stores.windows.ids({ ...filter, afterKey: 0, limit: 10 })).toHaveLength(2)
  })
})

describe('a search', () => {
  it('finds what has every word, be it in the path or in the name of the destination', () => {
    const stores = openTempStores()
    const to = (folderToken: string) => ({ kind: 'folder', folderToken }) as const
    const items = [
      aNewTransfer('合同 2026.pdf', { destination: to('archive') }),
      aNewTransfer('合同 2025.pdf', { destination: to('archive') }),
      aNewTransfer('合同 2026 copy.pdf', { destination: to('other') }),
    ]
    stores.transfers.enqueue(items, 'batch', 1)
    expect(stores.windows.destinations()).toEqual([to('archive'), to('other')])
    const archive = { text: 'Archive', destinations: [to('archive')] }
    const count = (...search: SearchWord[]) => stores.windows.total({ kinds: KINDS, search })
    expect(count(...wordsOf('合同'), archive)).toBe(2)
    expect(count(...wordsOf('2026'), archive)).toBe(1)
    expect(count(...wordsOf('2025'), { text: 'Other', destinations: [to('other')] })).toBe(0)
  })
})

it('a filter by qualities of files holds for windows, counts, ids and groups alike', () => {
  const stores = openTempStores()
  const files = [
    aNewTransfer('照片.JPG', { sizeBytes: 5 }),
    aNewTransfer('film.mov', { sizeBytes: 40 * MiB, account: 'other' }),
    aNewTransfer('a.tar.gz', { sizeBytes: MiB }),
    aNewTransfer('no ending', { sizeBytes: MiB - 1 }),
  ]
  for (const [day, file] of files.entries()) stores.transfers.enqueue([file], `b${day}`, day)
  const names = (criteria: NonNullable<ListFilter['criteria']>) => {
    const filter = { kinds: STATE_KINDS, search: [], criteria }
    const request = { ...filter, descending: false, offset: 0, limit: 9 } as const
    const { transfers, total } = stores.windows.page({ ...request, order: 'added' })
    const opened = stores.windows.opened({ ...request, order: 'recent', opening: undefined })
    const { entries } = stores.groups.grouped({
      ...{ filter, order: 'added', descending: false, unfolded: true, except: new Set<number>() },
      ...{ offset: 0, limit: 9, opening: undefined },
    })
    const [tally] = stores.windows.tally(filter)
    const ids = stores.windows.ids({ ...filter, afterKey: 0, limit: 9 }).map(({ id }) => id)
    expect(ids).toEqual(transfers.map(({ id }) => id))
    expect(opened.transfers.map(({ id }) => id)).toEqual(ids.toReversed())
    expect(entries.flatMap((each) => (each.kind === 'group' ? [] : [each.transfer.id]))).toEqual(
      ids,
    )
    expect([total, opened.total, tally?.transfers ?? 0]).toEqual(Array(3).fill(ids.length))
    return transfers.map(({ fileName }) => fileName)
  }
  expect(names({ types: ['picture', 'archive'] })).toEqual(['照片.JPG', 'a.tar.gz'])
  expect(names({ types: ['other'] })).toEqual(['no ending'])
  expect(names({ atLeastBytes: MiB, belowBytes: 40 * MiB })).toEqual(['a.tar.gz'])
  expect(names({ addedFromMs: 1, addedBeforeMs: 3 })).toEqual(['film.mov', 'a.tar.gz'])
  expect(names({ accounts: [''], types: ['video'] })).toEqual([])
  expect(names({ accounts: ['other', ''] })).toHaveLength(4)
  const [film] = stores.transfers.list({ kinds: STATE_KINDS }, { offset: 1, limit: 1 })
  stores.controls.follow(film?.id ?? '', { path: '/a', realPath: '/a', fileName: 'film.zip' })
  expect(names({ types: ['archive'] })).toEqual(['film.zip', 'a.tar.gz'])
})

it('a list is sorted by what no index has: state, progress, and ranks from outside', () => {
  const stores = openTempStores()
  const kinds = ['paused', 'done', 'failed', 'queued'] as const
  const filled = fill(
    stores,
    kinds.map((kind, index) => ({ name: `${index}`, kind, size: 10 })),
  )
  const names = (order: 'state' | 'progress' | 'speed' | 'destination', ranks = {}) =>
    stores.windows
      .page({ kinds, search: [], order, ranks, descending: false, offset: 0, limit: 9 })
      .transfers.map(({ state }) => state.kind)
  expect(names('state')).toEqual(['queued', 'paused', 'failed', 'done'])
  expect(names('progress')).toEqual(['paused', 'failed', 'queued', 'done'])
  expect(names('speed', { [filled[0]?.id ?? '']: 7 }).at(-1)).toBe('paused')
  const other = aNewTransfer('elsewhere', { destination: { kind: 'folder', folderToken: 'a' } })
  stores.transfers.enqueue([other], 'batch', 9_000)
  const [first, second] = stores.windows.destinations().map((place) => JSON.stringify(place))
  const ranks = { [first ?? '']: 1, [second ?? '']: 0 }
  expect(names('destination', ranks)).toHaveLength(5)
  const last = stores.windows.page({
    ...{ kinds, search: [], order: 'destination', ranks, descending: true, offset: 4, limit: 1 },
  })
  expect(last.transfers[0]?.destination).toEqual(JSON.parse(second ?? ''))
})

describe('an opened list', () => {
  it('keeps its rows in place, whatever happens, and counts what is new', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 20 }),
        fc.array(item, { maxLength: 5 }),
        (before, after) => {
          const stores = openTempStores()
          const ids = fill(stores, before).map(({ id }) => id)
          const [atWork, moved] = ids
          if (atWork !== undefined) stores.transfers.saveState(atWork, { kind: 'sending' })
          stores.controls.toTop(moved === undefined ? [] : [moved])
          const kinds = [...KINDS, 'sending'] as const
          const asked = { kinds, search: [], order: 'recent' } as const
          const read = (opening: Opening | undefined, offset = 0, limit = 100) =>
            stores.windows.opened({ ...asked, opening, offset, limit })
          const shown = (page: ReturnType<typeof read>) => page.transfers.map(({ id }) => id)

          const opened = read(undefined)
          const movable =
            moved !== undefined && IDLE.includes(stores.transfers.get(moved)?.state.kind ?? 'done')
          const top = [...(atWork ? [atWork] : []), ...(movable ? [moved] : [])]
          const rest = ids.filter((id) => !top.includes(id)).reverse()
          expect(shown(opened)).toEqual([...top, ...rest])
          fill(
            stores,
            after.map((each, index) => ({ ...each, name: `later-${index}` })),
          )
          if (atWork !== undefined) stores.transfers.saveState(atWork, { kind: 'paused' })
          const again = read(opened.opening)
          expect(shown(again)).toEqual(shown(opened))
          expect(again).toMatchObject({ total: before.length, news: after.length })
          for (let offset = 0; offset < before.length; offset += 3) {
            expect(shown(read(opened.opening, offset, 3))).toEqual(
              shown(opened).slice(offset, offset + 3),
            )
          }
          expect(read(undefined).total).toBe(before.length + after.length)
          stores.close()
        },
      ),
      { numRuns: 20 },
    )
  })

  it('of what has ended has what ended last on top', () => {
    const stores = openTempStores()
    fill(
      stores,
      KINDS.map((kind, index) => ({ name: `${index}`, kind, size: 1 })),
    )
    const asked = { kinds: ['done', 'failed', 'cancelled'], search: [], order: 'end' } as const
    const read = (opening: Opening | undefined) =>
      stores.windows.opened({ ...asked, opening, offset: 0, limit: 9 })
    const opened = read(undefined)
    expect(opened.transfers.map(({ state }) => state.kind)).toEqual(['cancelled', 'done', 'failed'])
    expect(read({ ...opened.opening, lastEndMs: 5_003 })).toMatchObject({ total: 2, news: 1 })
  })
})

describe('windows', () => {
  it('show what a plain list would, in any order, with any search', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 25 }),
        fc.subarray([...KINDS], { minLength: 1 }),
        fc.constantFrom('', 'film', 'FILM', '%', '_', '\\', '报', 'nothing'),
        fc.constantFrom('queue', 'name', 'size', 'added'),
        fc.boolean(),
        fc.nat(10),
        (items, kinds, search, order, descending, offset) => {
          const stores = openTempStores()
          const all = fill(stores, items)
          const wanted = all
            .filter(({ state }) => (kinds as TransferStateKind[]).includes(state.kind))
            .filter(({ path }) => path.toLowerCase().includes(search.toLowerCase()))
          const sorted = wanted.toSorted(
            (a, b) => compare(a, b, order) || a.queuedAtMs - b.queuedAtMs,
          )
          const expected = (descending ? sorted.reverse() : sorted).slice(offset, offset + 5)
          const request = {
            ...{ kinds, order, descending, offset, limit: 5 },
            search: wordsOf(search),
          } as const
          expect(stores.windows.window(request)).toEqual(expected)
          expect(stores.windows.total({ kinds, search: wordsOf(search) })).toBe(wanted.length)
          const page = { transfers: expected, total: wanted.length }
          expect(stores.windows.page(request)).toEqual(page)
          stores.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  it('show what came to its end by the time of that', () => {
    const stores = openTempStores()
    const items = KINDS.map((kind, index) => ({ name: `${index}`, kind, size: 1 }))
    fill(stores, items)
    const request = {
      kinds: ['failed', 'done', 'cancelled'],
      search: [],
      order: 'end',
      descending: true,
      offset: 0,
      limit: 9,
    } as const
    const all = stores.windows.ended({ ...request, ended: { fromMs: null, untilMs: null } })
    expect(all.map(({ endedAtMs }) => endedAtMs)).toEqual([5_004, 5_003, 5_002])
    const some = { fromMs: 5_003, untilMs: 5_004 }
    expect(stores.windows.ended({ ...request, ended: some })).toHaveLength(1)
    expect(stores.windows.total({ ...request, ended: some })).toBe(1)
  })

  it('answers from an index where nothing is searched for', () => {
    const stores = openTempStores()
    fill(
      stores,
      Array.from({ length: 60 }, (_, index) => ({
        name: `${index}`,
        kind: 'queued' as const,
        size: index,
      })),
    )
    const request = {
      kinds: ['queued'],
      search: [],
      order: 'size',
      descending: true,
      offset: 50,
      limit: 5,
    } as const
    expect(stores.windows.window(request).map(({ sizeBytes }) => sizeBytes)).toEqual([
      9, 8, 7, 6, 5,
    ])
  })
})

describe('tallies', () => {
  it('hold bytes and calls, through every change', () => {
    const stores = openTempStores()
    const [a, b] = fill(stores, [
      { name: 'a', kind: 'queued', size: 20 * MiB },
      { name: 'b', kind: 'queued', size: 20 * MiB + 1 },
    ])
    expect(stores.windows.tallies()).toEqual([
      {
        ...{ kind: 'queued', transfers: 2, bytes: 40 * MiB + 1, calls: 1 + 6 + 2 },
        ...{ large: 1, largeBytes: 20 * MiB + 1 },
      },
    ])
    stores.transfers.saveState(a?.id ?? '', { kind: 'paused' })
    stores.transfers.saveSource(b?.id ?? '', 5, {
      ctimeNs: '1',
      ino: '1',
      sizeBytes: 5,
      mtimeNs: '1',
    })
    expect(stores.windows.tallies()).toEqual([
      { kind: 'paused', transfers: 1, bytes: 20 * MiB, calls: 1, large: 0, largeBytes: 0 },
      { kind: 'queued', transfers: 1, bytes: 5, calls: 1, large: 0, largeBytes: 0 },
    ])
  })
})

describe('the person’s order', () => {
  it('goes before any other', () => {
    const stores = openTempStores()
    const items = ['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'queued' as const, size: 1 }))
    const [a, b, c, d] = fill(stores, items).map(({ id }) => id)
    stores.transfers.openTransaction(b ?? '', aTransaction())
    const order = () => stores.transfers.ready({}, 9, 9_000).map(({ id }) => id)
    expect(order()).toEqual([b, a, c, d])
    const before = stores.controls.toTop([d ?? '', c ?? '', 'unknown'])
    expect(before.map(({ id }) => id)).toEqual([d, c])
    expect(order()).toEqual([d, c, b, a])
    stores.controls.toTop([a ?? ''])
    expect(order()).toEqual([a, d, c, b])
    expect(stores.controls.putBack([...before, { id: 'unknown', rank: 0 }])).toBe(2)
    expect(order()).toEqual([a, b, c, d])
  })

  it('has room between any two, however often something is put there', () => {
    const stores = openTempStores()
    const items = Array.from({ length: 9 }, (_, index) => ({
      ...{ name: `${index}`, kind: 'queued' as const, size: 1 },
    }))
    const ids = fill(stores, items).map(({ id }) => id)
    const [a = '', b = '', c = '', d = '', e = ''] = ids
    stores.transfers.openTransaction(ids[8] ?? '', aTransaction())
    const begunFirst = () => stores.transfers.ready({}, 9, 9_000).map(({ id }) => id)
    const order = () => {
      const window = { kinds: KINDS, search: [], order: 'queue', descending: false } as const
      return stores.windows.window({ ...window, offset: 0, limit: 20 }).map(({ id }) => id)
    }
    const { moveBeside } = stores.controls
    expect(moveBeside([e, d], b, 'before')).toEqual([e, d])
    expect(order()).toEqual([a, e, d, b, c, ...ids.slice(5)])
    expect(begunFirst()).toEqual([ids[8], a, e, d, b, c, ...ids.slice(5, 8)])
    expect(moveBeside([a], ids[8] ?? '', 'after')).toEqual([a])
    expect(order().at(-1)).toBe(a)
    expect(moveBeside([a, 'unknown'], e, 'before')).toEqual([a])
    expect(moveBeside([a], 'unknown', 'before')).toEqual([])
    expect(moveBeside([a], a, 'before')).toEqual([])
    // Each time into the same gap, which is halved.
    for (let time = 0; time < 200; time++) {
      const moved = time % 2 === 0 ? d : b
      moveBeside([moved], e, 'after')
      expect(order().slice(0, 3)).toEqual([a, e, moved])
    }
    expect(order()).toEqual([a, e, b, d, c, ...ids.slice(5)])
  })
})

describe('cancelled transfers', () => {
  it('keep their checkpoint until it is forgotten', () => {
    const stores = openTempStores()
    const [kept, cancelled] = fill(stores, [
      { name: 'a', kind: 'paused', size: 9 },
      { name: 'b', kind: 'cancelled', size: 9 },
    ]).map(({ id }) => id)
    for (const id of [kept, cancelled]) stores.transfers.openTransaction(id ?? '', aTransaction())
    stores.controls.forgetCancelled([kept ?? ''])
    expect(stores.transfers.transaction(cancelled ?? '')).toBeDefined()
    stores.controls.forgetCancelled()
    expect(stores.transfers.transaction(kept ?? '')).toBeDefined()
    expect(stores.transfers.transaction(cancelled ?? '')).toBeUndefined()
  })
})

describe('the timeline', () => {
  it('keeps the beginning and the end of a long history', () => {
    const stores = openTempStores()
    const [transfer] = fill(stores, [{ name: 'a', kind: 'queued', size: 9 }])
    const id = transfer?.id ?? ''
    const paused = (atMs: number) => ({ id, entry: { kind: 'paused', atMs } as const })
    stores.timeline.append([{ ...paused(0), id: 'unknown' }])
    for (let at = 0; at < 500; at += 50) {
      stores.timeline.append(Array.from({ length: 50 }, (_, index) => paused(at + index)))
    }
    const { entries, omitted } = stores.timeline.read(id)
    expect(entries).toHaveLength(200)
    expect(omitted).toBe(300)
    expect(entries.slice(0, 20).map(({ atMs }) => atMs)).toEqual([...Array(20).keys()])
    expect(entries.at(-1)?.atMs).toBe(499)
  })
})

function wordsOf(text: string): SearchWord[] {
  return text === '' ? [] : [{ text, destinations: [] }]
}

function compare(a: Transfer, b: Transfer, order: string): number {
  if (order === 'size') return a.sizeBytes - b.sizeBytes
  if (order !== 'name') return 0
  const [x, y] = [a.fileName.toLowerCase(), b.fileName.toLowerCase()]
  return x < y ? -1 : Number(x > y)
}
