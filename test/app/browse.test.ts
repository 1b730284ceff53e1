import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
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
  await expect.poll(() => choose.isDisabled()).toBe(true)
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

it('is gone through by keyboard: move, tick, sort, filter, all, up', async (test) => {
  const settings = { language: 'en' } as const
  const { page, host } = await openStagedPage(test, browser(), { rows: 3, settings })
  await page.keyboard.press('Control+o')
  const dialog = page.getByRole('dialog')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  // The list has the focus at once.
  await expect.poll(focused).toContain('Documents')
  await page.keyboard.press('End')
  await expect.poll(focused).toContain('合同-2026-12.pdf')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Space')
  const totals = dialog.getByRole('status')
  await expect.poll(() => totals.textContent()).toContain('3 folders · 3 files · 1 selected')
  await page.keyboard.press('Control+a')
  await expect.poll(() => totals.textContent()).toContain('6 selected')
  await expect.poll(() => dialog.getByLabel('Select all').isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Sort by Size' }).click()
  await dialog.getByLabel('Filter by name').fill('p')
  const names = dialog.locator('.browse-name')
  await expect
    .poll(() => names.allInnerTexts())
    .toEqual([
      expect.stringContaining('Pictures'),
      expect.stringContaining('poster.png'),
      expect.stringContaining('合同-2026-12.pdf'),
    ])
  expect(await seriousFindings(page)).toEqual([])
  await names.first().focus()
  await page.keyboard.press('Enter')
  await dialog.getByRole('navigation').getByText('Pictures').waitFor()
  // Files ticked in the other folder are not taken along.
  await expect.poll(() => totals.textContent()).not.toContain('selected')
  await expect.poll(focused).toContain('Documents')
  await page.keyboard.press('Backspace')
  // The folder that was left is where the focus is.
  await expect.poll(focused).toContain('Pictures')
  expect(host.asked.filter(({ channel }) => channel === 'folders.browse')).toHaveLength(3)
})
