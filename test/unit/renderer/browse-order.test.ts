import { describe, expect, it } from 'vitest'
import {
  arranged,
  crumbsOf,
  type Entry,
  nextOrder,
} from '../../../renderer/screens/add/browse-order.ts'

const entry = (name: string, sizeBytes: number, modifiedAtMs = 0): Entry => ({
  ...{ name, path: `/home/${name}`, sizeBytes, modifiedAtMs },
  kind: sizeBytes < 0 ? 'folder' : 'file',
})
const ENTRIES = [
  entry('b', -1),
  entry('a', -1),
  entry('10.txt', 5, 3),
  entry('2.txt', 9, 1),
  entry('c.jpg', 7, 2),
]

describe('the entries of a folder', () => {
  it.each([
    ['by name, as people count', { by: 'name', isDescending: false }, '', 'a b 2.txt 10.txt c.jpg'],
    ['by name, backwards', { by: 'name', isDescending: true }, '', 'b a c.jpg 10.txt 2.txt'],
    ['by size', { by: 'size', isDescending: true }, '', 'a b 2.txt c.jpg 10.txt'],
    ['by time', { by: 'time', isDescending: true }, '', 'a b 10.txt c.jpg 2.txt'],
    ['that match', { by: 'name', isDescending: false }, ' TXT', '2.txt 10.txt'],
  ] as const)('%s', (_, order, filter, names) => {
    const shown = arranged(ENTRIES, order, filter)
    expect(shown.map(({ name }) => name).join(' ')).toBe(names)
  })

  it('turn with a second click', () => {
    const bySize = nextOrder({ by: 'name', isDescending: false }, 'size')
    expect(bySize).toEqual({ by: 'size', isDescending: true })
    expect(nextOrder(bySize, 'size')).toEqual({ by: 'size', isDescending: false })
  })
})

describe('the way to a folder', () => {
  const roots = [
    { path: '/home/lin', label: 'lin' },
    { path: '/home/lin/nas', label: 'nas' },
    { path: '/', label: '/' },
    { path: 'D:\\', label: 'D:' },
  ]
  it.each([
    ['/home/lin', 'lin=/home/lin'],
    ['/home/lin/a/b', 'lin=/home/lin a=/home/lin/a b=/home/lin/a/b'],
    ['/home/lin/nas/x', 'nas=/home/lin/nas x=/home/lin/nas/x'],
    // A name that only begins as a root does is not below it.
    ['/home/linus', '/=/ home=/home linus=/home/linus'],
    ['D:\\work\\in', 'D:=D:\\ work=D:\\work in=D:\\work\\in'],
  ])('%s', (path, crumbs) => {
    const found = crumbsOf({ path, roots })
    expect(found.map((crumb) => `${crumb.label}=${crumb.path}`).join(' ')).toBe(crumbs)
  })
})
