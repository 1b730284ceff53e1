/** Choosing a destination from a list: by mouse, by keyboard, and what is said where one can not go. */
import type { Page } from 'playwright-core'
import { expect, it, type TestContext } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { RULES_ON_COLOURS, seriousFindings } from './serious-findings.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

async function openPicker(test: TestContext, language: 'en' | 'zh-CN' = 'en') {
  const settings = { language, theme: 'system' } as const
  const { page, host } = await openStagedPage(test, browser(), { rows: 3, settings })
  await page.setInputFiles('.file-field', {
    name: 'a.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.alloc(10),
  })
  await page.locator('dialog .place').waitFor()
  await page.getByRole('button', { name: language === 'en' ? 'Browse' : '浏览' }).click()
  await page.getByRole('option', { name: '项目' }).waitFor()
  return { page, host }
}

const field = (page: Page) => page.locator('dialog .destination-field > .field input.input')
const active = (page: Page) => page.locator('[role=option][aria-selected=true]')

it('the folder that is opened is the destination, and a new one can be made in it', async (test) => {
  const { page, host } = await openPicker(test)
  await page.getByRole('option', { name: '项目' }).click()
  await page.getByRole('option', { name: '2026' }).waitFor()
  await page.getByRole('button', { name: 'New folder' }).click()
  await page.getByPlaceholder('Name of the new folder').fill('2027')
  await page.keyboard.press('Enter')
  await page.locator('[aria-current=location]', { hasText: '2027' }).waitFor()
  const asked = host.asked.find(({ channel }) => channel === 'places.make-folder')
  expect(asked?.input).toMatchObject({ parentToken: 'fldProjects', name: '2027' })
  await page.getByRole('button', { name: /^Upload( \d|$)/ }).click()
  await expect
    .poll(() => host.asked.findLast(({ channel }) => channel === 'queue.add')?.input)
    .toMatchObject({ destination: 'folder:fldcnMade' })
})

it('works by keyboard through thousands of folders', async (test) => {
  const { page } = await openPicker(test)
  const list = page.getByRole('listbox')
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: '客户 0001' }).waitFor()
  expect(await page.getByRole('option').count()).toBeLessThan(60)
  await page.keyboard.press('End')
  await expect.poll(() => page.locator('.picker-count').innerText()).toContain('400')
  await page.keyboard.press('Home')
  await page.keyboard.type('0003')
  await expect.poll(() => active(page).innerText()).toBe('客户 0003')
  await page.keyboard.press('Backspace')
  await page.getByRole('option', { name: 'Archive' }).waitFor()
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true)
})

it('says why a folder can not be read, and what an app can not search', async (test) => {
  const { page } = await openPicker(test)
  await page.getByRole('option', { name: '董事会' }).click()
  await page.locator('.picker [role=alert]').waitFor()
  // A page without a place is not the end.
  await page.getByRole('button', { name: 'Folders of others' }).click()
  await page.getByText('0 places so far').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByRole('option', { name: '市场部共享' }).waitFor()
  await page.getByRole('button', { name: 'Wikis' }).click()
  await page.getByRole('option', { name: '产品知识库' }).click()
  await page.getByRole('option', { name: '项目周报' }).click()
  await page.getByText('Each file becomes a block at the end').waitFor()
  expect(await field(page).inputValue()).toBe('项目周报')
})

it.for(['en', 'zh-CN'] as const)('axe finds nothing serious in %s', async (language, test) => {
  const { page } = await openPicker(test, language)
  await page.getByRole('option', { name: '项目' }).click()
  await page.getByRole('option', { name: '2026' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await seriousFindings(page, RULES_ON_COLOURS)).toEqual([])
})
