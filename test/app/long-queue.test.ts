import type { Page } from 'playwright-core'
import { expect, it, type TestContext } from 'vitest'
import { mainThreadTasks } from './main-thread-tasks.ts'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
/** Rows held in the page: what is in sight and a few beyond. */
const MOST_ROWS_DRAWN = 60
/** The most that scrolling may cost in the long queue, against the short one in the same run. */
const MOST_TIMES_AS_DEAR = 1.6
const TURNS = 20
const TURN_PX = 600

async function openQueue(test: TestContext, rows: number) {
  const settings = { language: 'en' } as const
  const opened = await openStagedPage(test, browser(), { rows, settings })
  await opened.page.getByText('Uploading 20%').waitFor()
  return opened
}

/** Processor time, ms. That no task takes longer than 50 ms is measured by `npm run bench -- --only pages`. */
async function costOfScrolling(page: Page): Promise<number> {
  await page.getByRole('treegrid').hover()
  const tasks = await mainThreadTasks(browser(), page, async () => {
    for (const stepPx of [TURN_PX, -TURN_PX]) {
      for (let turn = 0; turn < TURNS; turn++) await page.mouse.wheel(0, stepPx)
    }
  })
  return tasks.reduce((sum, durationMs) => sum + durationMs, 0)
}

it('costs no more to scroll with 100,000 rows than with 1,000', async (test) => {
  const { page: short } = await openQueue(test, 1_000)
  const { page: long, host } = await openQueue(test, 100_000)
  const baseline = await costOfScrolling(short)
  expect((await costOfScrolling(long)) / baseline).toBeLessThan(MOST_TIMES_AS_DEAR)
  expect(host.asked.filter(({ channel }) => channel === 'queue.window').length).toBeLessThan(12)
})

it('draws what is in sight, wherever that is', async (test) => {
  const { page } = await openQueue(test, 100_000)
  const grid = page.getByRole('treegrid')
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('100001')
  for (const share of [0.3, 0.9, 0.5, 1]) {
    await grid.evaluate((node, part) => {
      node.scrollTop = node.scrollHeight * part
    }, share)
    await expect.poll(() => page.locator('.row.place').count()).toBe(0)
    await expect.poll(() => page.getByRole('row').count()).toBeLessThan(MOST_ROWS_DRAWN)
  }
  await page.locator('[aria-rowindex="100001"]').waitFor()
})
