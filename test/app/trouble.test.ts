import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { PERSON } from './stage/accounts.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('trouble', () => {
  it('is shown when the host goes away', async (test) => {
    const { page, close } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    await close()
    await page.getByText('Lost contact with Feidi.').waitFor()
    // The existing rows stay readable.
    await page.getByText('Uploading 20%').waitFor()
  })

  it.for([
    ['home-moved', 'This is my new computer'],
    ['home-restored', 'Continue from here'],
  ] as const)(
    'of a home that stands still for %s ends with one button',
    async ([code, name], test) => {
      const { page, host } = await openStagedPage(test, browser(), {
        rows: 20,
        engine: { kind: 'stopped', error: { code, atMs: 0 } },
        settings: { language: 'en' },
      })
      await page.getByRole('button', { name }).click()
      await expect.poll(() => host.asked.map(({ channel }) => channel)).toContain('home.adopt')
    },
  )

  it('of a revoked sign-in ends with the sign-in of that account', async (test) => {
    const { page } = await openStagedPage(test, browser(), {
      rows: 3,
      accounts: [PERSON],
      engine: { kind: 'blocked', error: { code: 20064, atMs: 0 } },
      settings: { language: 'en' },
    })
    await page.locator('.banner').getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('dialog', { name: 'Sign in again: 林晓' }).waitFor()
  })

  it('is shown in place of a list that can not be loaded, with a way on', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    host.failing = { code: 'store-failed', atMs: Date.now() }
    await page.getByRole('tab', { name: /^Waiting/ }).click()
    await page.getByText('Could not load this').waitFor()
    host.failing = undefined
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('row').nth(1).waitFor()
  })
})
