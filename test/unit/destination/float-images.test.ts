import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellFor } from '#main/destination/float-images.ts'

it.each([
  [0, 200, 'A1'],
  [1, 200, 'A21'],
  [9, 200, 'A181'],
  [10, 200, 'G1'],
  [0, 1, 'A1'],
  [1, 1, 'G1'],
])('picture %i on a sheet of %i rows hangs on %s', (there, rows, cell) => {
  expect(cellFor(there, rows)).toBe(cell)
})

it('is a cell of the sheet, however many pictures there are', () => {
  fc.assert(
    fc.property(fc.nat(4_000), fc.integer({ min: 1, max: 5_000 }), (there, rows) => {
      const [, column = '', row] = /^([A-R])(\d+)$/.exec(cellFor(there, rows)) ?? []
      expect(column).not.toBe('')
      expect(Number(row)).toBeLessThanOrEqual(rows)
    }),
  )
})
