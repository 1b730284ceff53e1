/** The palette, and the list of messages. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { pinyinOf } from '../../renderer/app/pinyin.ts'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

async function command(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Commands' }).waitFor()
  await page.keyboard.type(letters)
  await page.locator('.palette-entry[aria-selected="true"]').waitFor()
}

function focusedTag(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.tagName)
}

it('the palette reaches actions, places, settings and transfers by keyboard alone', async (test) => {
  const settings = { language: 'en' } as const
  const { page, host } = await openStagedPage(test, browser(), { rows: 50, settings })
  await page.getByRole('row').nth(1).waitFor()

  await command(page, 'history')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'History' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  await expect.poll(() => focusedTag(page)).toBe('MAIN')

  await command(page, 'appearance dark')
  await page.keyboard.press('Enter')
  await expect.poll(() => host.settings.theme).toBe('dark')
  // A value that is set already is no command.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('appearance dark')
  await page.getByText('Nothing matches “appearance dark”').waitFor()
  await page.keyboard.press('Escape')

  await command(page, 'settings netw')
  await page.keyboard.press('Enter')
  const network = page.locator('#settings-network')
  await expect.poll(() => network.evaluate((node) => node === document.activeElement)).toBe(true)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('backup')
  await page.getByRole('option', { name: 'backup-2026-11-20.tar.gz' }).first().waitFor()
  await page.keyboard.press('Enter')
  const details = page.getByRole('complementary', { name: 'Details of the transfer' })
  await details.getByRole('heading', { name: 'backup-2026-11-20.tar.gz' }).waitFor()

  await command(page, 'pause all')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Resume all' }).waitFor()
})

it('Chinese commands are found by their sounds and initials, and watched folders by name', async (test) => {
  const settings = { language: 'zh-CN' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 50, rules: 3, settings })
  await page.getByRole('row').nth(1).waitFor()
  await page.keyboard.press('Control+k')
  const options = page.getByRole('option')
  await options.filter({ hasText: '监视的文件夹' }).first().waitFor()
  const labels = await page.locator('.palette-entry bdi').allTextContents()
  const own = labels.filter((label) => !label.startsWith('监视的文件夹'))
  const unknown = own.filter((label) => /\p{Script=Han}/u.test(pinyinOf(label).whole))
  // The language names itself.
  expect(unknown).toEqual([])
  for (const letters of ['qcywc', 'qingchuyiwan']) {
    await page.keyboard.type(letters)
    await options.filter({ hasText: '清除已完成' }).waitFor()
    await page.getByRole('combobox').fill('')
  }
  const folder = labels.find((label) => label.startsWith('监视的文件夹')) ?? ''
  const name = folder.split(/[:：]\s*/)[1] ?? ''
  await page.keyboard.type(name)
  await options.filter({ hasText: folder }).first().click()
  await page.getByText(`只看 ${name}`).waitFor()
})

it('what was said in passing can be read later', async (test) => {
  const settings = { language: 'en' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 50, settings })
  await page.getByRole('row').nth(1).waitFor()
  await command(page, 'retry all')
  await page.keyboard.press('Enter')
  const bell = page.locator('.bell')
  await expect.poll(() => bell.getAttribute('aria-label')).toBe('1 unread message')
  // A reload keeps it.
  await page.reload()
  await page.getByRole('button', { name: '1 unread message' }).click()
  const card = page.getByRole('region', { name: 'Messages' })
  await card.getByText(/^Retrying \d+ files?$/).waitFor()
  await expect.poll(() => bell.getAttribute('aria-label')).toBe('Messages')
  expect(await seriousFindings(page)).toEqual([])
  await card.getByRole('button', { name: 'Clear' }).click()
  await card.getByText('Nothing yet').waitFor()
  expect(await bell.evaluate((node) => node === document.activeElement)).toBe(true)
})
