/** Flows by keyboard alone. Wherever a dialog closes or a row goes, the focus stays on something. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const MOST_TABS = 60

async function palette(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(letters)
  await page.locator('.palette-entry[aria-selected="true"]').waitFor()
  await page.keyboard.press('Enter')
}

/** Presses Tab until a control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < MOST_TABS; step++) {
    const found = await page.evaluate((wanted) => {
      const node = document.activeElement
      const label = node instanceof HTMLInputElement ? node.labels?.[0]?.textContent : undefined
      return [node?.getAttribute('aria-label'), label, node?.textContent].some((each) =>
        each?.trim().startsWith(wanted),
      )
    }, name)
    if (found) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no "${name}" to be reached with Tab`)
}

function isOnPage(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement === document.body)
}

it('a folder is watched, a setting changed and a row cancelled without a mouse', async (test) => {
  const settings = { language: 'en' } as const
  const { page, host } = await openStagedPage(test, browser(), { rows: 30, settings })
  await page.getByRole('row').nth(1).waitFor()

  await palette(page, 'watch a folder')
  await page.getByRole('dialog', { name: 'Watch a folder' }).waitFor()
  await page.keyboard.type('/home/lin/Documents')
  await tabTo(page, 'Destination link')
  await page.keyboard.type('folder:fldcn1')
  await page.locator('dialog .place').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => host.rules.length).toBe(1)
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  expect(await isOnPage(page)).toBe(false)

  await palette(page, 'settings transfers')
  await tabTo(page, 'Upload speed limit')
  await page.keyboard.type('2048')
  await page.keyboard.press('Enter')
  await expect.poll(() => host.settings.bandwidthBytesPerSecond).toBe(2_097_152)
  await tabTo(page, 'Only at certain times')
  await page.keyboard.press('Space')
  await tabTo(page, 'From')
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => host.settings.schedule?.from).toBe('19:30')
  expect(await isOnPage(page)).toBe(false)

  await palette(page, 'queue: waiting')
  await page.getByRole('row').nth(1).waitFor()
  const waiting = host.rows.filter(({ state }) => state.kind === 'cancelled').length
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await page.keyboard.press('Delete')
  const cancelled = () => host.rows.filter(({ state }) => state.kind === 'cancelled').length
  await expect.poll(cancelled).toBe(waiting + 1)
  expect(await isOnPage(page)).toBe(false)
})
