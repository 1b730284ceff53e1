/** The speed limit within reach, and numbers over time: as bars, and as tables for a screen reader. */
import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

it('the speed limit is set beside the search, and says when it is what binds', async (test) => {
  const settings = { language: 'en' } as const
  const { page, host } = await openStagedPage(test, browser(), { rows: 20, settings })
  const button = page.getByRole('button', { name: /^Upload speed limit/ })
  await button.click()
  const card = page.getByRole('region', { name: 'Upload speed limit' })
  await card.getByText('1.0 MB/s', { exact: true }).click()
  await expect.poll(() => host.settings.bandwidthBytesPerSecond).toBe(1_048_576)
  const own = card.getByLabel('Other limit')
  await own.fill('3000')
  await own.press('Enter')
  await expect.poll(() => host.settings.bandwidthBytesPerSecond).toBe(3_072_000)
  // The field keeps the focus: a person may continue to type.
  expect(await own.evaluate((node) => node === document.activeElement)).toBe(true)
  const table = card.getByRole('table', { name: /^Speed, last 5 min/ })
  expect(await table.getByRole('row').count()).toBe(6)
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect(await card.count()).toBe(0)
  expect(await button.evaluate((node) => node === document.activeElement)).toBe(true)
  // The rows on stage go faster than this, so the limit is what holds them.
  await expect.poll(() => button.getAttribute('aria-label')).toContain('limit reached')
})

it('the history shows each day’s bytes and calls', async (test) => {
  const settings = { language: 'en' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 20, settings })
  await page.getByRole('button', { name: 'History' }).click()
  await page.getByText('Last 30 days', { exact: true }).last().click()
  const bytes = page.getByRole('table', { name: 'Uploaded each day' })
  await bytes.waitFor()
  expect(await bytes.getByRole('row').count()).toBe(31)
  await page.getByRole('table', { name: /^API calls each day/ }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

it('the calls of today come with the plan of the days, and a row with its day', async (test) => {
  const settings = { language: 'en' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 30, settings })
  await page.getByText('Queued for tomorrow: no API calls left before then').waitFor()
  await page.getByText(/^Queued for \w+, .* or later: no upload time left/).waitFor()
  await page.getByRole('button', { name: /API calls left today/ }).click()
  const card = page.getByRole('region', { name: 'API calls left today' })
  await card.getByText(/^21,400 files, done /).waitFor()
  const table = card.getByRole('table', { name: 'API calls a day, as planned' })
  expect(await table.getByRole('row').allTextContents()).toEqual([
    expect.stringContaining('Day'),
    expect.stringMatching(/^Today8,796 small files, 3,168 parts of large files, /),
    expect.stringMatching(/^Tomorrow10,000 small files/),
    expect.stringContaining('2,604 small files, 0 parts'),
  ])
  expect(await seriousFindings(page)).toEqual([])
})
