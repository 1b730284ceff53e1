import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { fileType } from '#shared/transfer/file-type.ts'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

function rowCount(page: Page): Promise<number> {
  return page
    .getByRole('treegrid')
    .getAttribute('aria-rowcount')
    .then((count) => Number(count) - 1)
}

it('a filter narrows list, counts and actions, outlives a reload and leads another tab there', async (test) => {
  const options = { rows: 200, settings: { language: 'en' as const } }
  const { page, host } = await openStagedPage(test, browser(), options)
  const videos = host.rows.filter(({ fileName }) => fileType(fileName) === 'video')
  const large = videos.filter(({ sizeBytes }) => sizeBytes >= 20 * 1_024 ** 2)
  expect(large.length).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Videos' }).click()
  await page.getByText(`${videos.length} files`, { exact: true }).waitFor()
  await page.getByLabel('Size', { exact: true }).selectOption('large')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByLabel('Size', { exact: true }).count()).toBe(0)
  const chips = page.getByRole('group', { name: 'Filter' })
  await chips.getByRole('button', { name: 'Remove filter: 20 MB to' }).waitFor()
  const narrowed = large.filter(({ sizeBytes }) => sizeBytes < 1_024 ** 3)
  await expect.poll(() => rowCount(page)).toBe(narrowed.length)
  await expect.poll(() => page.url()).toContain('#/queue?type=video&size=large')

  const other = await page.context().newPage()
  await other.goto(page.url())
  await expect.poll(() => rowCount(other)).toBe(narrowed.length)
  await other.close()

  await page.reload()
  await chips.getByRole('button', { name: 'Remove filter: Videos' }).waitFor()
  await page.getByRole('treegrid').focus()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByText(/^\d+ paused$/).waitFor()
  const paused = host.asked.findLast(({ channel }) => channel === 'queue.act')?.input
  const criteria = { types: ['video'], atLeastBytes: 20 * 1_024 ** 2, belowBytes: 1_024 ** 3 }
  expect(paused).toMatchObject({ selection: { filter: { tab: 'all', criteria } } })

  await chips.getByRole('button', { name: 'Remove filter: Videos' }).press('Enter')
  await expect.poll(() => page.url()).toContain('#/queue?size=large')
  await chips.getByRole('button', { name: 'Remove filter: 20 MB to' }).press('Escape')
  await expect.poll(() => rowCount(page)).toBe(200)
  expect(page.url()).not.toContain('?')
  expect(await page.getByRole('treegrid').evaluate((list) => list === document.activeElement)).toBe(
    true,
  )
})
