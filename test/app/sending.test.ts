/** Files of the browser are handed to the host while the person does other things. */
import { expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

it('leaves the app free, can be cancelled, and goes on after a failure', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), {
    rows: 3,
    settings: { language: 'en' },
  })
  const added = () => host.asked.filter(({ channel }) => channel === 'queue.add')
  let held = Promise.withResolvers<'continue' | 'abort'>()
  await page.route('**/upload?*', async (route) => {
    const way = await held.promise
    await route[way]().catch(() => {})
  })
  const add = async (name: string) => {
    held = Promise.withResolvers()
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from('bytes') }
    await page.setInputFiles('.file-field', file)
    await page.locator('dialog .place').waitFor()
    await page.getByRole('button', { name: /^Upload( \d|$)/ }).click()
    await page.getByText(`Sending ${name} to Feidi`).waitFor()
  }
  const toasts = page.locator('.toasts')

  await add('slow.bin')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('tab', { name: /^Waiting/ }).click()
  held.resolve('continue')
  await page.getByText('1 file added').waitFor()
  expect(added().at(-1)?.input).toMatchObject({ uploads: [expect.any(String)] })
  await expect.poll(() => toasts.getByText('Sending').count()).toBe(0)

  await add('lost.bin')
  held.resolve('abort')
  await toasts.getByText('Feidi is not responding').waitFor()
  held = Promise.withResolvers()
  held.resolve('continue')
  await toasts.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => added().length).toBe(2)

  await add('unwanted.bin')
  await toasts.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => toasts.getByText('Sending').count()).toBe(0)
  held.resolve('continue')
  // Whatever was sent before it is not asked for again, and the cancelled file never is.
  await add('next.bin')
  held.resolve('continue')
  await expect.poll(() => added().length).toBe(3)
})
