/** Ways to bring files in: the keyboard alone, pasted files, a pasted link. The real engine answers. */
import { realpath } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { openRealPage, pickFile, row, skipWelcome } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
/** More than any dialog has. */
const MOST_TABS = 40

it('goes from adding a file to a finished upload by keyboard alone', async (test) => {
  const { page, scene } = await openRealPage(test, browser())
  const file = await scene.write('报告.docx', 40_000)
  const steps = [
    ['Language and service', 'Next'],
    ['Connect to Feishu', 'Next'],
    ['Choose a destination', 'Skip'],
    ['Add the first files', 'Start using Feidi'],
  ] as const
  for (const [title, button] of steps) {
    await page.getByRole('heading', { name: title }).waitFor()
    await tabTo(page, button)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').waitFor()
  const folder = await realpath(scene.folder)
  await tabTo(page, 'Start at')
  const start = page.getByRole('combobox', { name: 'Start at' })
  for (let step = 0; (await start.inputValue()) !== folder && step < 5; step++) {
    await page.keyboard.press('ArrowDown')
  }
  await page.getByRole('button', { name: /报告/ }).waitFor()
  await tabTo(page, '报告.docx')
  await page.keyboard.press('Space')
  await tabTo(page, 'Choose')
  await page.keyboard.press('Enter')
  await page.getByLabel('Destination link').waitFor()
  await page.keyboard.type(scene.to)
  await page.locator('.place').waitFor()
  await page.keyboard.press('Enter')
  await row(page, 1).getByText('Done').waitFor()
  await expectOnce(scene.simulator, scene.folderToken, file)
  await tabTo(page, 'Queue', 'treegrid')
  await page.keyboard.press('Enter')
  await page.getByRole('complementary').getByText('Done', { exact: true }).first().waitFor()
})

it('takes pasted files', async (test) => {
  const { page, scene } = await openRealPage(test, browser())
  await skipWelcome(page)
  await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
  await paste(page, { files: [['screenshot.png', 'pasted bytes']] })
  await page.getByLabel('Destination link').fill(scene.to)
  await page.locator('.place').waitFor()
  await page.keyboard.press('Enter')
  await row(page, 1).getByText('Done').waitFor()
  const bytes = Buffer.from('pasted bytes')
  await expectOnce(scene.simulator, scene.folderToken, { name: 'screenshot.png', bytes })
})

it('takes a pasted link as the destination of what is chosen next', async (test) => {
  const { page, scene } = await openRealPage(test, browser())
  await skipWelcome(page)
  await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
  const file = await scene.write('合同.pdf', 30_000)
  const link = `https://example.feishu.cn/drive/folder/${scene.folderToken}`
  await paste(page, { text: link })
  await pickFile(page, scene.folder, '合同')
  await expect.poll(() => page.getByLabel('Destination link').inputValue()).toBe(link)
  await page.locator('.place').waitFor()
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await row(page, 1).getByText('Done').waitFor()
  await expectOnce(scene.simulator, scene.folderToken, file)
})

/** Walks on with Tab until a control of that name has the focus. */
async function tabTo(page: Page, name: string, role?: string): Promise<void> {
  const has = () =>
    page.evaluate(
      ([wanted, wantedRole]) => {
        const node = document.activeElement
        if (node === null || (wantedRole && node.getAttribute('role') !== wantedRole)) return false
        const label = node.getAttribute('aria-label') ?? node.textContent ?? ''
        return label.trim().startsWith(wanted ?? '') || label.includes(`${wanted} `)
      },
      [name, role] as const,
    )
  for (let step = 0; step < MOST_TABS; step++) {
    if (await has()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no "${name}" to be reached with Tab`)
}

interface Pasted {
  readonly files?: readonly (readonly [name: string, content: string])[]
  readonly text?: string
}

/** Sends the page the event that the browser sends when a person pastes. */
async function paste(page: Page, { files = [], text }: Pasted): Promise<void> {
  await page.evaluate(
    ([all, plain]) => {
      const clipboardData = new DataTransfer()
      for (const [name, content] of all) clipboardData.items.add(new File([content], name))
      if (plain !== undefined) clipboardData.setData('text/plain', plain)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    },
    [files, text] as const,
  )
}
