import type { Page } from 'playwright-core'
import { describe, expect, it, type TestContext } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { RULES_ON_COLOURS, seriousFindings } from './serious-findings.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

/** The dialog that asks where a file goes. */
async function openDialog(test: TestContext) {
  const settings = { language: 'en' } as const
  const { page, host } = await openStagedPage(test, browser(), { rows: 3, settings })
  await chooseFile(page)
  return { page, host }
}

async function chooseFile(page: Page): Promise<void> {
  await page.setInputFiles('.file-field', {
    name: '合同-2026-11.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.alloc(10),
  })
  await page.locator('dialog .place').waitFor()
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Destination link').fill(text)
}

async function added(page: Page, asked: readonly { channel: string; input: unknown }[]) {
  await page.getByRole('button', { name: /^Upload( \d|$)/ }).click()
  await expect.poll(() => asked.some(({ channel }) => channel === 'queue.add')).toBe(true)
  return asked.findLast(({ channel }) => channel === 'queue.add')?.input
}

const LINK = 'https://example.feishu.cn'

describe('a pasted link', () => {
  it.for([
    ['drive/folder/fldcn1', 'Files and folders go into this folder'],
    ['docx/doxcn1', 'Each file becomes a block at the end'],
    ['sheets/shtcn1?sheet=s1', 'Pictures float over the sheet “2026”'],
    ['base/bascn1?table=tbl1', 'One record for each file in the table “2026 年”, field “附件”'],
    ['file/boxcn1', 'The file becomes the next version of this one'],
  ] as const)('%s says what will happen', async ([path, words], test) => {
    const { page } = await openDialog(test)
    await paste(page, `${LINK}/${path}`)
    await page.getByText(words).waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: /^Upload( \d|$)/ }).isEnabled())
      .toBe(true)
  })

  it.for([
    ['docx/forbidden', 'cannot edit this destination'],
    [
      'docx/noscope',
      'docs:document.media:upload (recommended: it grants the least) or docx:document',
    ],
    ['slides/sldcn1', 'This is a presentation'],
  ] as const)('%s is refused with what to do', async ([path, words], test) => {
    const { page } = await openDialog(test)
    await paste(page, `${LINK}/${path}`)
    await page.getByText(words).waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: /^Upload( \d|$)/ }).isEnabled())
      .toBe(false)
    // There is a button for what the app's owner can do; another place is chosen in the field.
    const button = page.getByRole('button', { name: 'Open the permissions page' })
    await expect.poll(() => button.count()).toBe(path === 'docx/noscope' ? 1 : 0)
  })
})

describe('a wiki page', () => {
  it('is a place by what it shows, and another below it', async (test) => {
    const { page, host } = await openDialog(test)
    await paste(page, `${LINK}/wiki/wikcn1`)
    await page.getByText('Each file becomes a block at the end').waitFor()
    await page.getByText('Below the page', { exact: true }).click()
    await page.getByText('a page of its own below this wiki page').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByText('Into the page', { exact: true }).click()
    await page.getByText('Each file becomes a block at the end').waitFor()
    await page.getByText('Below the page', { exact: true }).click()
    await page.getByText('a page of its own below this wiki page').waitFor()
    await page.getByText('Skip', { exact: true }).click()
    const input = await added(page, host.asked)
    expect(input).toMatchObject({ destination: 'page:wikcn1', handling: { sameName: 'skip' } })
  })
})

describe('a Base', () => {
  it('asks for the table and the field with the keyboard, and fills further fields', async (test) => {
    const { page, host } = await openDialog(test)
    await paste(page, `${LINK}/base/whole`)
    await page.getByText('Choose the table that gets the records').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect.poll(() => page.locator(':focus').innerText()).toBe('2026 年')
    await page.keyboard.press('Enter')
    await page.getByText('One record for each file').waitFor()
    await page.getByLabel('Field for the files').selectOption('扫描件')
    await page.getByText('field “扫描件”').waitFor()
    // The chosen place has a name; its notation is for programs.
    await expect
      .poll(() => page.getByLabel('Destination link').inputValue())
      .toBe('合同台账 › 2026 年')
    await page.getByText('Fill in more fields').click()
    await page.getByLabel('File name').selectOption('名称')
    await expect.poll(() => page.getByLabel('File name').inputValue()).toBe('fldName')
    await page.getByText('One record for each file').waitFor()
    expect(await added(page, host.asked)).toMatchObject({
      destination: 'base:bascn1/tbl1/fldScan?name=fldName',
    })
  })
})

describe('a folder', () => {
  it('is told what to do about the same name, what becomes a document, and whom to let in', async (test) => {
    const { page, host } = await openDialog(test)
    await page.getByText('Replace', { exact: true }).click()
    await page.getByText('both are kept and you are told').waitFor()
    await page.getByText('Share with').click()
    const field = page.getByLabel('Email address or open_id')
    await field.fill('nobody')
    await page.getByText('neither an email address').waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: /^Upload( \d|$)/ }).isEnabled())
      .toBe(false)
    await field.fill('li@example.com')
    await page.getByLabel('Make online documents').check()
    await page.getByText('All other files stay files.').waitFor()
    await page.getByText('Base', { exact: true }).click()
    await page.getByLabel('Upload as a file what cannot').check()
    const asDocument = { tables: 'bitable', orFile: true }
    expect(await added(page, host.asked)).toMatchObject({
      handling: { sameName: 'overwrite', shareWith: 'li@example.com', asDocument },
    })
  })
})

it.for(['en', 'zh-CN'] as const)(
  'axe finds nothing serious in %s, in both themes',
  async (language, test) => {
    const settings = { language, theme: 'system' as const }
    const { page } = await openStagedPage(test, browser(), { rows: 3, settings })
    await chooseFile(page)
    for (const path of ['base/bascn1?table=tbl1', 'base/whole', 'docx/noscope', 'drive/folder/f']) {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.locator('dialog input.input').first().fill(`${LINK}/${path}`)
      await page.locator('dialog .verdict').waitFor()
      await page.locator('dialog .place, dialog .notice').waitFor()
      for (const fold of await page.locator('dialog details:not([open]) > summary').all()) {
        await fold.click()
      }
      expect(await seriousFindings(page), path).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await seriousFindings(page, RULES_ON_COLOURS), path).toEqual([])
    }
  },
)
