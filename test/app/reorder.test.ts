import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

it('files that wait are put elsewhere by key, by menu and with the mouse, and it is said', async (test) => {
  const options = { rows: 60, settings: { language: 'en' as const } }
  const { page, host } = await openStagedPage(test, browser(), options)
  const waiting = () =>
    host.rows
      .filter(({ state, sentBytes }) => state.kind === 'queued' && sentBytes === 0)
      .map(({ id }) => id)
  await page.getByRole('tab', { name: /^Waiting/ }).click()
  const rowOf = (id: string) => {
    const name = host.rows.find((row) => row.id === id)?.fileName ?? ''
    return page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
  }
  // Those before are in all kinds of states.
  const rest = host.rows.slice(16).map(({ id }) => id)
  const [a = '', b = '', c = '', d = ''] = waiting().filter((id) => rest.includes(id))
  const place = (...ids: readonly string[]) => ids.map((id) => waiting().indexOf(id))
  const start = waiting().indexOf(a)
  await rowOf(c).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  await expect.poll(() => place(a, c, b, d)).toEqual([start, start + 1, start + 2, start + 3])
  const said = (how: string, id: string) => {
    const name = host.rows.find((row) => row.id === id)?.fileName ?? ''
    return page.getByText(`Moved ${how} ${name}`, { exact: true }).waitFor({ state: 'attached' })
  }
  await said('before', b)

  await page.getByRole('treegrid').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await said('before', a)
  expect(place(c, a, b)).toEqual([start, start + 1, start + 2])
  await page.keyboard.press('Alt+ArrowDown')
  await said('after', a)
  expect(place(a, c, b)).toEqual([start, start + 1, start + 2])

  const dataTransfer = await page.evaluateHandle(() => new DataTransfer())
  const clientY = ((await rowOf(a).boundingBox())?.y ?? 0) + 2
  await rowOf(d).dispatchEvent('dragstart', { dataTransfer })
  await rowOf(a).dispatchEvent('dragover', { dataTransfer, clientY })
  await page.locator('.drop-before').waitFor()
  await rowOf(a).dispatchEvent('drop', { dataTransfer })
  await expect.poll(() => place(d, a, c, b)).toEqual([start, start + 1, start + 2, start + 3])

  await page.getByRole('tab', { name: /^All/ }).click()
  await page.getByRole('treegrid').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByText(/^Files that wait can be moved in the tab Waiting/).waitFor()
})
