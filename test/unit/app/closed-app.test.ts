import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Surroundings } from '#main/app/app-options.ts'
import { openApp } from '#main/app/open-app.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { makeTempFolder } from '#test/unit/store/store-kit.ts'

/** A face of which nothing is asked here. */
const SURROUNDINGS = {
  host: 'web',
  capabilities: { pickFiles: false, reveal: false },
  mostUploadBytes: null,
  keyStorage: 'file',
} as unknown as Surroundings

it('gives a page that asks while the program ends nothing, and does not fail', async () => {
  const home = join(makeTempFolder(), 'home')
  const faults: unknown[] = []
  const app = await openApp({
    ...{ home, command: 'feidi test', version: '0', systemLanguage: 'en' as const },
    ...{ surroundings: SURROUNDINGS, given: {}, log: openLog(home) },
    onFault: (_what, error) => faults.push(error),
  })
  const heard: unknown[] = []
  await app.close(0)
  const stop = app.subscribe((live) => heard.push(live))
  expect(await app.answer('queue.counts', { tab: 'all', search: '' })).toMatchObject({
    ok: false,
    error: { code: 'app-gone' },
  })
  expect(await app.picture('0mx1u8620', 'row')).toBeUndefined()
  stop()
  expect(heard).toEqual([])
  expect(faults).toEqual([])
})
