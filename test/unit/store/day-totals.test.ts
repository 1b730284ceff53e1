import { expect, it } from 'vitest'
import { formatDateAndTime } from '#shared/text/format.ts'
import { aNewTransfer, openTempStores } from './store-kit.ts'

it('the totals of days count what was uploaded, and the calls of all apps', () => {
  const stores = openTempStores()
  const noon = (day: number) => new Date(2026, 2, day, 12).getTime()
  const upload = (name: string, day: number, sizeBytes: number, kind: 'done' | 'cancelled') => {
    const [queued] = stores.transfers.enqueue([aNewTransfer(name, { sizeBytes })], 'b', noon(1))
    const state = kind === 'done' ? { kind, fileToken: 'boxcn', finishedAtMs: noon(day) } : { kind }
    stores.controls.moveStates([queued?.id ?? ''], noon(day), () => state)
  }
  upload('before', 1, 100, 'done')
  upload('a', 3, 5, 'done')
  upload('b', 3, 7, 'done')
  upload('given up', 3, 9, 'cancelled')
  upload('c', 5, 11, 'done')
  const day = (number: number) => formatDateAndTime(noon(number)).slice(0, 10)
  expect(stores.days.uploadedSince(noon(2))).toEqual([
    { day: day(3), files: 2, bytes: 12 },
    { day: day(5), files: 1, bytes: 11 },
  ])
  for (const app of ['one', 'other']) stores.quota.countCall(app, 'part', '2026-03-03', noon(3))
  stores.quota.countCall('one', 'part', '2026-03-01', noon(1))
  expect(stores.days.callsSince('2026-03-02')).toEqual([{ day: '2026-03-03', calls: 2 }])
})
