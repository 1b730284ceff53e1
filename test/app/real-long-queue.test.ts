/** A long queue in a real database, behind the real host; `npm run bench` does this with 100,000 transfers. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fillQueue } from '#test/kit/feidi/long-queue.ts'
import { openRealPage } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const ROWS = 20_000

it('is walked through, searched, and acted on as a whole', async (test) => {
  const root = await mkdtemp(join(tmpdir(), 'feidi-long-'))
  const home = join(root, 'home')
  fillQueue(home, ROWS)
  const { page } = await openRealPage(test, browser(), { web: { home } })
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const grid = page.getByRole('treegrid')
  const rowCount = async () => Number(await grid.getAttribute('aria-rowcount'))
  await page.locator('[aria-rowindex="2"]').waitFor()
  // The head of the table, and the heading of the one group.
  await expect.poll(rowCount).toBe(ROWS + 2)
  await grid.focus()
  await page.keyboard.press('End')
  await page.locator(`[aria-rowindex="${ROWS + 2}"]:not(.place)`).waitFor()

  await page.keyboard.press('Control+f')
  await page.keyboard.type('-015670.p')
  await expect.poll(rowCount).toBe(3)
  await page.getByRole('row').nth(2).getByText('报告-2026-015670.pdf').waitFor()

  await page.keyboard.press('Control+a')
  await page.keyboard.type('报告-2026')
  // A part of the word finds as many, and the list that the whole word brings has nothing selected.
  await page.getByText('4,000 results for “报告-2026”').waitFor()
  await expect.poll(rowCount).toBe(ROWS / 5 + 2)
  await grid.focus()
  await page.keyboard.press('Control+a')
  await page.getByText(`${(ROWS / 5).toLocaleString('en')} selected`).waitFor()
  await page.keyboard.press('Delete')
  await page.getByRole('heading', { name: 'Cancel 2,000 uploads?' }).waitFor()
  await page.getByRole('button', { name: 'Cancel uploads' }).click()
  await page.getByText(/^Cancelling [\d,]+ of 2,000$/).waitFor()
  // Those that were paused; what is settled stays as it is.
  await page.getByText('2,000 uploads cancelled').waitFor()
  await page.getByRole('tab', { name: 'Waiting' }).getByText('0', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('tab', { name: 'Waiting' }).getByText('2,000').waitFor()
})
