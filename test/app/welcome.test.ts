import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('the first steps', () => {
  it('can each be skipped, and do not come back', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: [],
      settings: { language: 'en', welcomed: false },
    })
    await page.getByRole('heading', { name: 'Connect to Feishu' }).waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('heading', { name: 'Choose a destination' }).waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('button', { name: 'Start using Feidi' }).click()
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    expect(host.settings.welcomed).toBe(true)
  })
})
