import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('history', () => {
  it('filters by result, searches and exports what it shows', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 200,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'History' }).click()
    await page.locator('.history-entry').first().waitFor()
    await page.getByRole('combobox', { name: 'Result' }).selectOption('failed')
    await expect.poll(() => page.locator('.history-entry').count()).toBe(1)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    expect((await download).suggestedFilename()).toBe('feidi-history.csv')
    const asked = host.asked.findLast(({ channel }) => channel === 'history.export')
    expect(asked?.input).toMatchObject({ result: 'failed' })
    await page.getByRole('searchbox').fill('no such file')
    await page.getByText('Nothing in the history matches').waitFor()
  })
})
