import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const LONG_TASK_MS = 50
/** Rows held in the page: what is in sight and a few beyond. */
const MOST_ROWS_DRAWN = 60

it('scrolls through 100,000 rows without a long task, holding only what is in sight', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), {
    rows: 100_000,
    settings: { language: 'en' },
  })
  await page.getByText('Uploading 20%').waitFor()
  const grid = page.getByRole('grid')
  expect(await grid.getAttribute('aria-rowcount')).toBe('100001')
  await browser().startTracing(page, { categories: ['toplevel', '__metadata'] })
  await grid.hover()
  for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, 600)
  for (const share of [0.3, 0.9, 0.5, 1]) {
    await grid.evaluate((node, part) => {
      node.scrollTop = node.scrollHeight * part
    }, share)
    await expect.poll(() => page.locator('.row.place').count()).toBe(0)
  }
  await page.locator('[aria-rowindex="100001"]').waitFor()
  expect(await page.getByRole('row').count()).toBeLessThan(MOST_ROWS_DRAWN)
  const windows = host.asked.filter(({ channel }) => channel === 'queue.window')
  expect(windows.length).toBeLessThan(40)
  expect(longTasks(await browser().stopTracing())).toEqual([])
})

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time in microseconds: waiting for a busy machine does not count. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Tasks of pages' main threads that took too long, in ms of processor time. */
function longTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] }
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(thread),
  )
  const tasks = traceEvents.filter(
    (event) => event.name.endsWith('RunTask') && mainThreads.has(thread(event)),
  )
  expect(tasks.length).toBeGreaterThan(100)
  return tasks.map(({ tdur = 0 }) => tdur / 1_000).filter((durationMs) => durationMs > LONG_TASK_MS)
}
