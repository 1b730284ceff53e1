import { expect, it, type TestContext } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

function openGroups(test: TestContext) {
  return openStagedPage(test, browser(), {
    rows: 340,
    groups: [
      { kind: 'folder', label: 'Photos', files: 16 },
      { kind: 'rule', label: 'Work', files: 240 },
      { kind: 'files', label: 'keynote.pptx', files: 80 },
    ],
    settings: { language: 'en' },
  })
}

it('a group is folded, unfolded, paused and resumed by keyboard alone', async (test) => {
  const { page, host } = await openGroups(test)
  const list = page.getByRole('treegrid')
  const photos = page.getByRole('row', { name: /Photos/ })
  const rowCount = () => list.getAttribute('aria-rowcount')
  await photos.waitFor()
  // Three headings, and four files that were added alone.
  await expect.poll(rowCount).toBe('8')
  await list.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => photos.getAttribute('aria-expanded')).toBe('true')
  await expect.poll(rowCount).toBe('24')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => list.getAttribute('aria-activedescendant')).toBe('row-0')
  await page.keyboard.press('Enter')
  await expect.poll(rowCount).toBe('8')
  await page.keyboard.press(' ')
  await photos.getByText('9 paused').waitFor()
  expect(host.asked.findLast(({ channel }) => channel === 'queue.act')?.input).toEqual({
    selection: { filter: { tab: 'all', search: '', group: '0' } },
    action: 'pause',
  })
  await page.keyboard.press(' ')
  await photos.getByText('9 waiting').waitFor()
  await page.keyboard.press('x')
  await page.getByText('16 selected').waitFor()
})

it('a search shows what it finds below the headings, and groups can be switched off for good', async (test) => {
  const { page } = await openGroups(test)
  const list = page.getByRole('treegrid')
  const rowCount = () => list.getAttribute('aria-rowcount')
  await page.getByRole('searchbox').fill('keynote-1')
  await page.getByRole('row', { name: /Work/ }).waitFor()
  await expect
    .poll(() => page.getByRole('row', { name: /product-launch-keynote-1/ }).count())
    .toBe(11)
  await page.getByRole('searchbox').fill('')
  await expect.poll(rowCount).toBe('8')
  const grouping = page.getByRole('button', { name: 'Group by what was added together' })
  expect(await grouping.getAttribute('aria-pressed')).toBe('true')
  await grouping.click()
  await expect.poll(rowCount).toBe('341')
  await page.reload()
  await expect.poll(rowCount).toBe('341')
})
