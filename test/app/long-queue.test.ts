import { expect, it } from 'vitest'
import { mainThreadTasks } from './main-thread-tasks.ts'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
/**
 * The tests' pages have React's development build, where a scrolled screen takes 50 to 80 ms of processor
 * time. That what ships stays under 50 is measured by `npm run bench -- --only pages`; here it is seen that
 * the cost does not grow with the queue.
 */
const LONG_TASK_MS = 200
/** Rows held in the page: what is in sight and a few beyond. */
const MOST_ROWS_DRAWN = 60

it('scrolls through 100,000 rows at the cost of what is in sight, and holds no more', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), {
    rows: 100_000,
    settings: { language: 'en' },
  })
  await page.getByText('Uploading 20%').waitFor()
  const grid = page.getByRole('grid')
  expect(await grid.getAttribute('aria-rowcount')).toBe('100001')
  const tasks = await mainThreadTasks(browser(), page, async () => {
    await grid.hover()
    for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, 600)
    for (const share of [0.3, 0.9, 0.5, 1]) {
      await grid.evaluate((node, part) => {
        node.scrollTop = node.scrollHeight * part
      }, share)
      await expect.poll(() => page.locator('.row.place').count()).toBe(0)
    }
  })
  await page.locator('[aria-rowindex="100001"]').waitFor()
  expect(await page.getByRole('row').count()).toBeLessThan(MOST_ROWS_DRAWN)
  const windows = host.asked.filter(({ channel }) => channel === 'queue.window')
  expect(windows.length).toBeLessThan(40)
  expect(tasks.length).toBeGreaterThan(100)
  expect(tasks.filter((durationMs) => durationMs > LONG_TASK_MS)).toEqual([])
})
