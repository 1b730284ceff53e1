import { describe, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('trouble', () => {
  it('is shown when the host goes away', async (test) => {
    const { page, close } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    await close()
    await page.getByText('Feidi is not answering.').waitFor()
    // What was there stays readable.
    await page.getByText('Uploading 20%').waitFor()
  })

  it('is shown in place of a list that can not be loaded, with a way on', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    host.failing = { code: 'store-failed', atMs: Date.now() }
    await page.getByRole('tab', { name: /^Waiting/ }).click()
    await page.getByText('This could not be loaded').waitFor()
    host.failing = undefined
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('row').nth(1).waitFor()
  })
})
