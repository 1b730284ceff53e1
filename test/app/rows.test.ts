import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const en = { settings: { language: 'en' as const } }

describe('rows', () => {
  it('are sorted by name or size, and by their turn again', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 10, ...en })
    const first = () => page.locator('.file-name').first().textContent()
    const header = (name: string) => page.getByRole('columnheader', { name })
    await page.getByRole('button', { name: 'Size' }).click()
    await expect.poll(first).toBe('backup-2026-11-20.tar.gz')
    await expect.poll(() => header('Size').getAttribute('aria-sort')).toBe('descending')
    await page.getByRole('button', { name: 'Size' }).click()
    await expect.poll(first).toBe('design-tokens.json')
    await page.getByRole('button', { name: 'Size' }).click()
    await expect.poll(first).toBe('校园宣传片_final.mp4')
    await expect.poll(() => header('Size').getAttribute('aria-sort')).toBeNull()
    await page.getByRole('button', { name: 'Name', exact: true }).press('Enter')
    await expect
      .poll(first)
      .toBe(
        'a-very-long-file-name-that-never-seems-to-end-because-somebody-described-everything-in-it.mov',
      )
  })

  it('that are half sent are asked about, be they in sight or not', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 2_000, ...en })
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.getByRole('heading', { name: /^Cancel 1,\d\d\d uploads\?$/ }).waitFor()
    await page.getByText('already uploaded will be discarded').waitFor()
    const asked = host.asked.findLast(({ channel }) => channel === 'queue.at-stake')
    expect(asked?.input).toEqual({ selection: { filter: { tab: 'all', search: '' } } })
    await page.getByRole('button', { name: 'Keep uploading' }).click()
    expect(host.asked.some(({ channel }) => channel === 'queue.act')).toBe(false)
  })

  it('many of them: the menu copies all their paths and links', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 14, ...en })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('x')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Copy links' }).click()
    await expect.poll(clipboard).toBe('https://example.feishu.cn/file/box13')
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Copy paths' }).click()
    await expect
      .poll(clipboard)
      .toBe(
        '/home/lin/财务/季度/Q3 财务报表-12.xlsx\n/home/lin/Marketing/Launch/product-launch-keynote-13.pptx',
      )
  })
})

it('the menu of a row keeps its place while the rows behind it move', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), { rows: 14, ...en })
  await page.getByRole('treegrid').focus()
  await page.keyboard.press('Shift+F10')
  await page.keyboard.press('ArrowDown')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe('PauseSpace')
  host.change(['t3'], (row) => ({ ...row, state: { kind: 'paused' } }))
  await expect.poll(() => page.locator('.row').nth(4).textContent()).toContain('Paused')
  await expect.poll(focused).toBe('PauseSpace')
  await page.keyboard.press('Escape')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('treegrid')
})

describe('a toast', () => {
  it('gives the focus back to the list when it goes', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => host.rows[19]?.state.kind).toBe('queued')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
      .toBe('treegrid')
  })

  it('stays while it is pointed at, and says when it is too late', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.clock.install()
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Delete')
    const toast = page.locator('.toast', { hasText: '1 upload cancelled' })
    await toast.hover()
    await page.clock.runFor(20_000)
    await expect.poll(() => toast.count()).toBe(1)
    host.forgetUndo()
    await toast.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('It is too late to take that back').waitFor()
    await page.mouse.move(5, 5)
    await page.clock.runFor(9_000)
    await expect.poll(() => page.locator('.toast').count()).toBe(0)
  })
})

describe('the drawer', () => {
  it('saves the receipt of a finished upload', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('row').nth(14).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save receipt' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('a.pdf.feidi-receipt.json')
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toEqual({ id: 't13' })
  })

  it('verifies a finished upload, and compares the bytes in Feishu when asked to', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('row').nth(14).click()
    const drawer = page.getByRole('complementary', { name: 'Details of the transfer' })
    await drawer.getByRole('button', { name: 'Verify now' }).click()
    await drawer.getByText('The local file is what was uploaded').waitFor()
    await drawer.getByText('In Feishu, last changed').waitFor()
    await drawer.getByRole('button', { name: 'Compare with the bytes in Feishu' }).click()
    await drawer.getByText('Feishu holds the same bytes').waitFor()
    const asked = host.asked.filter(({ channel }) => channel === 'transfer.verify')
    expect(asked.map(({ input }) => input)).toEqual([
      { id: 't13', bytes: false },
      { id: 't13', bytes: true },
    ])
  })

  it('walks through the parts with the arrow keys', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('row').nth(1).click()
    const map = page.getByRole('img', { name: 'parts uploaded' })
    await map.focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText(/^Part 1 · .* · uploaded at/).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByText(/^Part 32 · .* · Adler-32/).waitFor()
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowDown')
    await page.getByText(/^Part 125 · 4\.0 MB · not yet/).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.drawer').count()).toBe(0)
  })

  it('leads from a refusing proxy to the settings of the network', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    const error = { code: 'proxy-refused', atMs: Date.now(), httpStatus: 407 } as const
    host.change(['t0'], (row) => ({ ...row, state: { kind: 'blocked', error } }))
    await page.getByRole('row').nth(1).click()
    await page.getByRole('button', { name: 'Open network settings' }).click()
    const section = page.locator('#settings-network')
    await expect.poll(() => section.evaluate((node) => document.activeElement === node)).toBe(true)
    await expect.poll(() => topOf(page, '#settings-network')).toBeLessThan(120)
  })
})

it('what colours tell is still told where the system takes them over', async (test) => {
  const context = { forcedColors: 'active' } as const
  const { page } = await openStagedPage(test, browser(), { rows: 20, ...en }, context)
  const colour = (selector: string, name: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node, property) => getComputedStyle(node).getPropertyValue(property), name)
  expect(await colour('.bar-fill', 'background-color')).not.toBe(
    await colour('.bar', 'background-color'),
  )
  expect(await colour('.tab[aria-selected=true]', 'border-bottom-color')).not.toBe(
    await colour('.tab[aria-selected=false]', 'border-bottom-color'),
  )
  await page.getByRole('row').nth(1).click()
  expect(await colour('.cells .up', 'background-color')).not.toBe(
    await colour('.cells .to-do', 'background-color'),
  )
})

function topOf(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((node) => node.getBoundingClientRect().top)
}

it('the drawer tells the end of an upload that ends while it is being asked about', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), { rows: 14, ...en })
  await page.getByRole('treegrid').focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('complementary', { name: 'Details of the transfer' })
  await drawer.getByText('Uploading').first().waitFor()
  // An answer that is old when it comes.
  const { answer } = host
  const asked = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  host.answer = async (channel, input) => {
    const answered = await answer(channel, input)
    if (channel !== 'transfer.details') return answered
    host.answer = answer
    asked.resolve()
    await held.promise
    return answered
  }
  host.change(['t0'], (row) => ({ ...row, sentBytes: row.sentBytes + 1 }))
  await asked.promise
  host.change(['t0'], (row) => ({
    ...row,
    state: { kind: 'done', fileToken: 'boxcn1', finishedAtMs: Date.now() },
  }))
  await page.getByRole('row').nth(1).getByText('Done').waitFor()
  held.resolve()
  await drawer.getByText('Done').first().waitFor()
})
