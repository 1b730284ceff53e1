import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { UNSAFE, unsafeLeftIn } from '#test/kit/unsafe-text.ts'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

it('a name is shown with its control characters written out, in text and labels', async (test) => {
  const { page } = await openStagedPage(test, browser(), {
    rows: 20,
    nameEnd: UNSAFE,
    settings: { language: 'en' },
  })
  await expectSafe(page)
  await page.getByRole('row').nth(13).click()
  await page.locator('.drawer h2').waitFor()
  await expectSafe(page)
  await page.getByRole('button', { name: 'History' }).click()
  await page.locator('.history-entry').first().waitFor()
  await expectSafe(page)
})

async function expectSafe(page: Page): Promise<void> {
  const html = await page.evaluate(() => document.body.outerHTML)
  expect(html).toContain('\\u001b')
  expect(html).not.toContain('\n\\u000b')
  expect(unsafeLeftIn(html)).toEqual([])
}
