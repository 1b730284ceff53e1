/** `feidi status` on a home that another process may be at work in: what goes when, and what expires. */
import { expect, it, onTestFinished } from 'vitest'
import { queueOutlook } from '#main/app/queue-outlook.ts'
import { begunLines, planLines } from '#main/cli/report/outlook-lines.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
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
  expect(outlook.begun).toMatchObject([{ missingParts: 10, expiresAtMs }])
  const said = [...planLines(outlook, 'en', nowMs), ...begunLines(outlook, 'en', nowMs)].join('\n')
  expect(said).toMatch(/151 files, done \S+/)
  expect(said).toContain('Today  40 files in one call, 10 parts of large files')
  expect(said).toContain('10 parts to go, only 1 h left. Keep Feidi running.')
  expect(planLines(outlook, 'zh-CN', nowMs).join('\n')).toContain('151 个文件')
})
