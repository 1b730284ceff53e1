import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

it('the folder that is still open can not be taken for the one that is being opened', async (test) => {
  const settings = { language: 'en' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 3, settings })
  await page.keyboard.press('Control+Shift+o')
  const choose = page.getByRole('button', { name: 'Choose this folder' })
  const folder = page.getByRole('button', { name: 'Documents' })
  await folder.waitFor()
  const opened = Promise.withResolvers<void>()
  await page.route('**/api/folders.browse', async (route) => {
    await opened.promise
    await route.continue()
  })
  await folder.click()
  await expect.poll(() => choose.isDisabled(), { timeout: 15_000 }).toBe(true)
  opened.resolve()
  await page.locator('.browse-choice', { hasText: '/home/lin/Documents' }).waitFor()
  await expect.poll(() => choose.isEnabled()).toBe(true)
})

it('what cannot go to the destination is said before it is added', async (test) => {
  const settings = { language: 'en' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 3, settings })
  await page.keyboard.press('Control+o')
  await page.getByRole('checkbox', { name: 'Select notes.txt' }).check()
  await page.getByRole('button', { name: 'Choose', exact: true }).click()
  await page.getByText('1 file, 2.3 MB, API calls: 1').waitFor()
  const upload = page.getByRole('button', { name: 'Upload', exact: true })
  await expect.poll(() => upload.isEnabled()).toBe(true)
  await page.getByLabel('Destination link').fill('https://example.feishu.cn/sheets/shtcn1?sheet=s1')
  await page.getByText('notes.txt · A spreadsheet only takes pictures.').waitFor()
  await expect.poll(() => upload.isDisabled()).toBe(true)
})
