import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DocumentCalls } from '#main/destination/document-calls.ts'
import { cellFor, FloatImages } from '#main/destination/float-images.ts'
import { Rhythms } from '#main/destination/rhythms.ts'
import { OutcomeUnknown } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { aContext } from '../engine/engine-kit.ts'

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

it.each([
  [1061001, 6],
  [1315201, 3],
  ['connection-lost', 3],
] as const)(
  'a picture refused with %s is made %i times, and told so after a look',
  async (code, times) => {
    const clock = new FakeClock()
    const log: string[] = []
    const calls = {
      sheets: async () => [{ sheetId: 's', rowCount: 200 }],
      floatImages: async () => {
        log.push('look')
        return []
      },
      createFloatImage: async () => {
        log.push('make')
        throw new OutcomeUnknown(new TransferError(code))
      },
    }
    const images = new FloatImages({
      calls: calls as unknown as DocumentCalls,
      rhythms: new Rhythms(clock),
    })
    const destination = { kind: 'sheet', spreadsheetToken: 'sht' } as const
    const attached = images.attach(destination, 'box1', aContext())
    await expect(clock.runUntil(attached)).rejects.toMatchObject({ name: 'TransferError', code })
    expect(log.filter((step) => step === 'make')).toHaveLength(times)
    expect(log.at(-1)).toBe('look')
  },
)
