import { describe, expect, it } from 'vitest'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
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
    // The existing rows stay readable, but nothing can be done with them.
    await page.getByText('Uploading 20%').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Pause all' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByText('Lost contact with Feidi.').waitFor()
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

  it('of an account ends with the button that it asks for', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 20,
      accounts: [PERSON],
      engine: { kind: 'blocked', error: { code: 20064, atMs: 0 } },
      troubles: [{ identity: PERSON.identity, name: '林晓', error: { code: 20064, atMs: 0 } }],
      settings: { language: 'en' },
    })
    // Files that only wait for their turn would not need a person.
    await page.getByText('On hold: The saved sign-in was revoked.').first().waitFor()
    const button = (name: string) => page.locator('.banner').getByRole('button', { name })
    await button('Sign in again').click()
    await page.getByRole('dialog', { name: 'Sign in again: 林晓' }).waitFor()
    await page.keyboard.press('Escape')
    const says = (error: ErrorInfo) => host.tell({ engine: { kind: 'blocked', error } })
    // A full storage is no matter of the account's settings.
    says({ code: 1061061, atMs: 0, logId: 'log-1' })
    await button('Details').click()
    await page.getByRole('dialog').getByText('log-1').waitFor()
    await page.keyboard.press('Escape')
    await button('Retry').click()
    await expect
      .poll(() => host.asked.findLast(({ channel }) => channel === 'queue.act')?.input)
      .toMatchObject({ action: 'retry' })
    await expect.poll(() => button('Set up').count()).toBe(0)
    says({ code: 99991672, atMs: 0, missingScopes: ['drive:drive', 'drive:file:upload'] })
    await page.evaluate(() => {
      window.open = (url) => {
        document.title = String(url)
        return null
      }
    })
    await button('Open the permissions page').click()
    const opened = new URL(await page.title())
    expect(opened.searchParams.get('q')).toBe('drive:file:upload')
    // A person grants a scope by signing in.
    says({ code: 99991679, atMs: 0, missingScopes: ['docx:document'] })
    await button('Grant and continue').click()
    await page.getByRole('dialog', { name: 'Grant permissions: 林晓' }).waitFor()
    await expect
      .poll(() => host.asked.findLast(({ channel }) => channel === 'accounts.grant')?.input)
      .toMatchObject({ identity: PERSON.identity, missing: ['docx:document'] })
  })

  it('is announced before what went well, a batch at a time', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    const state = (kind: 'done' | 'failed') =>
      kind === 'done'
        ? ({ kind, fileToken: 'box1', finishedAtMs: 0 } as const)
        : ({ kind, error: { code: 'source-missing', atMs: 0 } } as const)
    host.change(['t0', 't1', 't3'], (row) => ({ ...row, state: state('failed') }))
    host.change(['t0', 't2'], (row) => ({ ...row, state: state('done') }))
    await page.getByText('2 files need attention, 2 files done').waitFor()
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

  it('that many files have in common ends for all of them at once', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 400,
      failedAlike: 312,
      settings: { language: 'en' },
    })
    const card = page.getByRole('article')
    await card.getByRole('heading', { name: /^312 files: The destination folder/ }).waitFor()
    await card.getByRole('button', { name: 'Show these' }).click()
    await expect.poll(() => page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('313')
    await page.getByText('Only: The destination folder').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await card.getByRole('button', { name: 'Choose another destination' }).click()
    await page.getByRole('button', { name: 'Upload', exact: true }).click()
    await page.getByText('312 files go to the new destination').waitFor()
    expect(host.asked.findLast(({ channel }) => channel === 'queue.redirect')?.input).toMatchObject(
      {
        selection: { filter: { tab: 'attention', trouble: { code: 1062507 } } },
      },
    )
    await card.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await card.waitFor()
  })
})
