/** `feidi status` on a home that another process may be at work in: what goes when, and what expires. */
import { expect, it, onTestFinished } from 'vitest'
import { plannedDays } from '#main/app/live/queue-days.ts'
import { queueOutlook } from '#main/app/queue-outlook.ts'
import { begunLines, planLines } from '#main/cli/report/outlook-lines.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { describePlanned } from '#shared/text/describe.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import {
  aNewTransfer,
  aTransaction,
  MiB,
  makeTempFolder,
  openTempStores,
} from '../store/store-kit.ts'

const HOUR_MS = 3_600_000

it('plans a queue by the calls that are left, and names the uploads that expire', () => {
  const home = makeTempFolder()
  const { transfers, quota, memos } = openTempStores(home)
  const nowMs = Date.UTC(2026, 0, 5, 4)
  memos.remember('last-app', 'app')
  for (let call = 0; call < 60; call++) {
    quota.countCall('app', 'drive/v1/files/upload_all', quotaDay(nowMs), nowMs)
  }
  const small = Array.from({ length: 150 }, (_, index) => aNewTransfer(`${index}.txt`))
  const [film] = transfers.enqueue([aNewTransfer('film.mov', { sizeBytes: 40 * MiB })], 'b', nowMs)
  transfers.enqueue(small, 'b', nowMs)
  const expiresAtMs = nowMs + HOUR_MS
  transfers.openTransaction(film?.id ?? '', aTransaction({ expiresAtMs, blockCount: 10 }))

  const reads = openStoresReadOnly(home)
  if (reads === undefined) throw new Error('nothing is stored')
  onTestFinished(() => reads.close())
  const outlook = queueOutlook(reads, home, { callsPerDay: 100 }, nowMs)
  expect(outlook.callsPerDay).toBe(100)
  expect(outlook.files).toBe(151)
  expect(outlook.plan.days.map(({ wholeFiles, parts }) => [wholeFiles, parts])).toEqual([
    [40, 10],
    [100, 0],
    [10, 0],
  ])
  // Each file knows its day: what was begun goes first, then those in the order of the queue.
  const planned = plannedDays({ plan: outlook.plan, notBeforeMs: undefined }, reads.amounts)
  const dayOf = (name: string) => {
    const found = transfers.openAt(aNewTransfer(name).path, aNewTransfer(name).destination, [])
    return found && planned(found)
  }
  const days = ['film.mov', '39.txt', '40.txt', '139.txt', '140.txt'].map(dayOf)
  const [, second, third] = outlook.plan.days
  const day = { because: 'calls', orLater: false }
  expect(days).toEqual([
    undefined,
    undefined,
    { fromMs: second?.fromMs, ...day },
    { fromMs: second?.fromMs, ...day },
    { fromMs: third?.fromMs, ...day },
  ])
  expect(outlook.begun).toMatchObject([{ missingParts: 10, expiresAtMs }])
  const said = [...planLines(outlook, 'en', nowMs), ...begunLines(outlook, 'en', nowMs)].join('\n')
  expect(said).toMatch(/151 files, done \S+/)
  expect(said).toContain('Today  40 small files, 10 parts of large files')
  expect(said).toContain('10 parts to go, only 1 h left. Keep Feidi running.')
  expect(planLines(outlook, 'zh-CN', nowMs).join('\n')).toContain('151 个文件')
})

it('tells the day of files in parts by the parts before them, and of a long plan that it is not exact', () => {
  const home = makeTempFolder()
  const { transfers, memos } = openTempStores(home)
  const nowMs = Date.UTC(2026, 0, 5, 4)
  memos.remember('last-app', 'app')
  const sizes = [{ sizeBytes: 200 * MiB }, { sizeBytes: 400 * MiB }, { sizeBytes: 40 * MiB }]
  const films = sizes.map((size, index) => aNewTransfer(`${index}.mov`, size))
  const small = Array.from({ length: 900 }, (_, index) => aNewTransfer(`${index}.txt`))
  const queued = transfers.enqueue([...films, ...small], 'b', nowMs)
  const reads = openStoresReadOnly(home)
  if (reads === undefined) throw new Error('nothing is stored')
  onTestFinished(() => reads.close())
  const { plan } = queueOutlook(reads, home, { callsPerDay: 100 }, nowMs)
  const planned = plannedDays({ plan, notBeforeMs: undefined }, reads.amounts)
  const on = (file: (typeof queued)[number] | undefined) => file && planned(file)
  const dayMs = (day: number) => plan.days[day]?.fromMs
  // 50 parts, 100 and 10: the second begins today and the third tomorrow.
  expect(queued.slice(0, 3).map((film) => on(film)?.fromMs)).toEqual([
    undefined,
    undefined,
    dayMs(1),
  ])
  expect(on(queued.at(-1))).toEqual({ fromMs: dayMs(6), because: 'calls', orLater: true })
  expect(on(queued[3 + 599])).toMatchObject({ fromMs: dayMs(5), orLater: false })

  const month = plannedDays({ plan, notBeforeMs: dayMs(2) }, reads.amounts)
  expect(queued[150] && month(queued[150])).toMatchObject({ fromMs: dayMs(2), because: 'month' })
  const words = on(queued.at(-1))
  expect(words && describePlanned(words, 'en', nowMs)).toMatch(
    /^Queued for .* or later: no API calls/,
  )
  expect(words && describePlanned(words, 'zh-CN', nowMs)).toContain('此前已没有剩余的 API 调用次数')
})
