import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

it('columns are hidden, moved, resized and sorted by keyboard, and stay so', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), {
    rows: 40,
    settings: { language: 'en' },
  })
  const heads = page.locator('.row.head [role=columnheader]:not(.cell-check, .cell-more)')
  const names = () => heads.allTextContents()
  const head = (name: string) => page.getByRole('button', { name, exact: true })
  await expect.poll(names).toEqual(['Name', 'Destination', 'Size', 'Progress', 'Speed', 'State'])
  await head('Columns').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemcheckbox', { name: 'Speed' }).press('Enter')
  await page.getByRole('menuitemcheckbox', { name: 'Added' }).press('Enter')
  await page.keyboard.press('Escape')
  await head('State').focus()
  await page.keyboard.press('Control+ArrowLeft')
  const arranged = ['Name', 'Destination', 'Size', 'State', 'Progress', 'Added']
  await expect.poll(names).toEqual(arranged)
  const widthOf = async (name: string) =>
    (await heads.filter({ hasText: name }).boundingBox())?.width ?? 0
  const before = await widthOf('Size')
  await head('Size').focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => widthOf('Size')).toBe(before + 16)
  await head('Destination').press('Enter')
  const sorted = () => host.asked.findLast(({ channel }) => channel === 'queue.window')?.input
  await expect.poll(sorted).toMatchObject({ sort: { by: 'destination', direction: 'ascending' } })
  await page.reload()
  await expect.poll(names).toEqual(arranged)
  expect(await widthOf('Size')).toBe(before + 16)
  expect(await heads.filter({ hasText: 'Destination' }).getAttribute('aria-sort')).toBe('ascending')
  // A narrow window shows what there is room for.
  await page.setViewportSize({ width: 640, height: 800 })
  await expect.poll(names).toEqual(['Name', 'Size', 'State', 'Progress'])
})
