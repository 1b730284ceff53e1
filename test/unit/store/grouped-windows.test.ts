import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GroupedOpening } from '#main/store/grouped-windows.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { aNewTransfer, openTempStores } from './store-kit.ts'

const KINDS = ['queued', 'paused', 'failed', 'done'] as const
const NAMES = ['报告.pdf', 'Film.MOV', 'a.txt', 'B.txt'] as const

interface Item {
  readonly group: number
  readonly name: string
  readonly kind: (typeof KINDS)[number]
}

const item = fc.record<Item>({
  group: fc.nat(4),
  name: fc.constantFrom(...NAMES),
  kind: fc.constantFrom(...KINDS),
})

/** Adds a file to a group. Returns the transfer as it is then. */
function add({ transfers, controls }: Stores, { group, name, kind }: Item, at: number): Transfer {
  const addition = { id: `group-${group}`, kind: 'folder', label: `folder ${group}` } as const
  const [queued] = transfers.enqueue([aNewTransfer(`${at}-${name}`, { addition })], `run-${at}`, at)
  const id = queued?.id ?? ''
  controls.moveStates([id], at, ({ state }) => {
    if (kind === 'failed') return { kind, error: { code: 'internal', atMs: at } }
    if (kind === 'done') return { kind, fileToken: 'boxcn', finishedAtMs: at }
    return kind === 'queued' ? state : { kind }
  })
  return transfers.get(id) as Transfer
}

interface Shape {
  readonly unfolded: boolean
  readonly except: ReadonlySet<number>
  readonly word: string | undefined
}

/** The list as a person would write it down: newest groups first, files in the order they were added. */
function naive(rows: readonly { group: number; transfer: Transfer }[], shape: Shape): string[] {
  const keys = [...new Set(rows.map(({ group }) => group))]
  const lastOf = (group: number) => rows.findLastIndex((row) => row.group === group)
  const groups = keys
    .map((group, order) => ({ group, key: order + 1 }))
    .map(({ group, key }) => {
      const files = rows.filter((row) => row.group === group)
      const shown = files.filter(({ transfer }) => transfer.fileName.includes(shape.word ?? ''))
      return { group, key, files, shown, last: lastOf(group) }
    })
    .filter(({ shown }) => shown.length > 0)
    .toSorted((a, b) => b.last - a.last)
  return groups.flatMap(({ group, key, files, shown }) => {
    const ids = shown.map(({ transfer }) => transfer.id)
    if (files.length === 1) return ids
    const isOpen = (shape.unfolded || groups.length === 1) !== shape.except.has(key)
    return [`folder ${group}: ${shown.length}`, ...(isOpen ? ids : [])]
  })
}

it('windows of groups are those of the list that a person would write down', () => {
  const shape = fc.record<Shape>({
    unfolded: fc.boolean(),
    except: fc.array(fc.integer({ min: 1, max: 5 })).map((keys) => new Set(keys)),
    word: fc.constantFrom(undefined, 'txt', 'Film', 'no such name'),
  })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 24 }), item, shape, (items, later, shown) => {
      const stores = openTempStores()
      const rows = items.map((each, at) => ({
        group: each.group,
        transfer: add(stores, each, at + 1),
      }))
      const search = shown.word === undefined ? [] : [{ text: shown.word, destinations: [] }]
      const read = (offset: number, limit: number, opening?: GroupedOpening) =>
        stores.groups.grouped({
          filter: { kinds: KINDS, search },
          ...{ order: 'recent', descending: true, offset, limit, opening },
          ...{ unfolded: shown.unfolded, except: shown.except },
        })
      const linesOf = ({ entries }: ReturnType<typeof read>) =>
        entries.map((entry) =>
          entry.kind === 'group' ? `${entry.group.label}: ${entry.shown}` : entry.transfer.id,
        )
      const expected = naive(rows, shown)
      const opened = read(0, 500)
      expect(linesOf(opened)).toEqual(expected)
      expect(opened).toMatchObject({ total: expected.length, news: 0 })
      for (let offset = 0; offset < expected.length; offset += 4) {
        const page = read(offset, 4, opened.opening)
        expect(linesOf(page)).toEqual(expected.slice(offset, offset + 4))
      }
      // A new group does not move the rows of a list that is being read.
      add(stores, { ...later, group: 9, name: `${shown.word ?? ''}.bin` }, 1_000)
      const again = read(0, 500, opened.opening)
      if (expected.length > 0 && opened.entries.length > 0) {
        expect(again).toMatchObject({ total: expected.length, news: 1 })
      }
      stores.close()
    }),
    { numRuns: 40 },
  )
})

it('a folder of one name is one group, and a file added again joins the new one', () => {
  const stores = openTempStores()
  const { transfers, windows, groups } = stores
  const ids = transfers
    .enqueue(
      ['a', 'b'].map((name) => aNewTransfer(name)),
      'first',
      1,
    )
    .map(({ id }) => id)
  transfers.saveState(ids[0] ?? '', { kind: 'cancelled' })
  transfers.takeUp('a-later-run', { failed: true })
  expect(groups.groupSizes()).toEqual({ groups: 1, largest: 2 })
  transfers.enqueue([aNewTransfer('a')], 'second', 2)
  expect(groups.groupSizes()).toEqual({ groups: 2, largest: 1 })
  const tally = (group: number) => windows.groupTallies(group).map(({ kind }) => kind)
  expect([tally(1), tally(2)]).toEqual([['queued'], ['queued']])
})
