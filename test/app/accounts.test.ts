/** Accounts on screen, before a staged host; signing in for real is in `sign-in.test.ts`. */

import { describe, expect, it } from 'vitest'
import { explain } from '#shared/errors/explain.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
import { APP_ACCOUNT, PERSON } from './stage/accounts.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const BOTH = [APP_ACCOUNT, { ...PERSON, isInUse: false }]
const OVER = { code: 20064, atMs: 0 } as const

async function openSettings(
  test: Parameters<typeof openStagedPage>[0],
  stage: Parameters<typeof openStagedPage>[2],
) {
  const staged = await openStagedPage(test, browser(), { settings: { language: 'en' }, ...stage })
  await staged.page.getByRole('button', { name: 'Settings' }).first().click()
  return staged
}

describe('the account list', () => {
  it('shows who there is, which one is in use, and changes it', async (test) => {
    const { page, host } = await openSettings(test, { accounts: BOTH })
    const app = page.getByRole('listitem', { name: APP_ACCOUNT.name })
    const person = page.getByRole('listitem', { name: '林晓' })
    await app.getByText('In use').waitFor()
    await person.getByText('Person · Feishu').waitFor()
    await person.getByRole('button', { name: 'Use this one' }).click()
    await person.getByText('In use').waitFor()
    await person.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('Account name').fill('工作')
    await page.keyboard.press('Enter')
    await page.getByRole('listitem', { name: '工作' }).waitFor()
    host.warnOfSignOut(infoOfThrown(new TransferError('sign-out-not-told'), 0))
    await app.getByRole('button', { name: 'Sign out' }).click()
    expect(host.asked.map(({ channel }) => channel)).not.toContain('accounts.remove')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Feishu could not be told to revoke it').waitFor()
    await expect.poll(() => app.count()).toBe(0)
    expect(host.asked.map(({ channel }) => channel)).toContain('accounts.remove')
    // The foot of the side bar names the account that uploads.
    await page.getByRole('navigation').getByRole('button', { name: '工作' }).waitFor()
  })

  it('says who has to sign in again, and starts it', async (test) => {
    const troubles = [{ identity: PERSON.identity, name: '林晓', error: OVER }]
    const { page, host } = await openSettings(test, { accounts: BOTH, troubles })
    const person = page.getByRole('listitem', { name: '林晓' })
    await person.getByText('The saved sign-in was revoked.').waitFor()
    await person.getByRole('button', { name: 'Sign in again' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again: 林晓' })
    // App and secret are kept: one button is enough.
    await dialog.getByRole('button', { name: 'Sign in again: 林晓' }).click()
    await dialog.getByText('Continue in your browser').waitFor()
    expect(host.asked.at(-1)?.input).toMatchObject({
      ...{ method: 'browser', appId: PERSON.appId, appSecret: null },
    })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByRole('button', { name: 'Another way' }).click()
    await expect.poll(() => dialog.getByLabel('App ID').inputValue()).toBe(PERSON.appId)
    await dialog.getByText('Device code', { exact: true }).click()
    // Its secret is kept, so none is asked for.
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
    await dialog.getByText('WDJB-MJHT').waitFor()
    // Someone else has come: nothing happens before the person decides.
    const other = { stage: 'other-person', name: '韩梅梅', expected: '林晓' } as const
    host.tellSignIn(host.signInView('device', { ...other, canKeep: true }))
    await dialog.getByRole('alert').getByText('韩梅梅 has signed in at Feishu').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Keep both accounts' }).click()
    await expect.poll(() => host.asked.at(-1)?.channel).toBe('accounts.keep-signed-in')
    // A warning is read before the dialog closes.
    const warning = infoOfThrown(new TransferError('sign-in-not-renewable'), 0)
    host.tellSignIn(host.signInView('device', { stage: 'done', name: '林晓', warning }))
    await dialog.getByRole('alert').getByText('This sign-in cannot be renewed').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByText('Signed in as 林晓').waitFor()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  it('names missing scopes and leads to the page that adds them', async (test) => {
    const error = { code: 99991672, atMs: 0, missingScopes: ['drive:file:upload'] } as const
    const troubles = [{ identity: APP_ACCOUNT.identity, name: APP_ACCOUNT.name, error }]
    const { page } = await openSettings(test, { accounts: BOTH, troubles })
    const app = page.getByRole('listitem', { name: APP_ACCOUNT.name })
    await app.getByText('drive:file:upload').waitFor()
    await page.evaluate(() => {
      window.open = (url) => {
        document.title = String(url)
        return null
      }
    })
    await app.getByRole('button', { name: 'Open the permissions page' }).click()
    expect(decodeURIComponent(await page.title())).toContain('/auth?q=drive:file:upload')
  })

  it('offers what the app needs to be copied', async (test) => {
    const { page } = await openSettings(test, { accounts: [] })
    await page.getByRole('button', { name: 'Add an account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Set up by hand', { exact: true }).click()
    await dialog.getByText('App requirements').click()
    await dialog.getByText('http://localhost:18640/callback').waitFor()
    await dialog.getByText('drive:file:upload').waitFor()
  })
})

describe('an error of signing in', () => {
  it('is shown with its remedy, and begins again', async (test) => {
    const { page, host } = await openSettings(test, { accounts: [PERSON] })
    await page.getByRole('button', { name: 'Add an account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Device code', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
    await dialog.getByText('WDJB-MJHT').waitFor()
    const error = { code: 'sign-in-denied', atMs: 1 } as const
    const { message, remedy } = explain(error, 'en', { final: true })
    host.tellSignIn(host.signInView('device', { stage: 'failed', error }))
    await dialog.getByText(`${message} ${remedy}`).waitFor()
    await dialog.getByRole('button', { name: 'Start again' }).click()
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  })
})

describe('an upload', () => {
  it('asks for whom when there are several', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: BOTH,
      settings: { language: 'en' },
    })
    await page.setInputFiles('.file-field', {
      name: 'a.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('a'),
    })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Upload as').selectOption('林晓')
    await dialog
      .getByLabel('Destination link')
      .fill('https://example.feishu.cn/drive/folder/fldcnNew')
    await dialog.locator('.place').waitFor()
    const checked = host.asked.findLast(({ channel }) => channel === 'destination.check')
    expect(checked?.input).toMatchObject({ account: PERSON.identity })
    await dialog.getByRole('button', { name: /^Upload( \d|$)/ }).click()
    await expect
      .poll(() => host.asked.find(({ channel }) => channel === 'queue.add')?.input)
      .toMatchObject({ account: PERSON.identity })
  })
})

describe('an upload whose account has signed out', () => {
  const GONE = 'user:ou_gone@cli_a5ca35a685b0x26e@open.feishu.cn'

  async function openCard(test: Parameters<typeof openStagedPage>[0]) {
    const settings = { language: 'en' } as const
    const staged = await openStagedPage(test, browser(), { rows: 3, accounts: BOTH, settings })
    const [row] = staged.host.rows
    staged.host.change([row?.id ?? ''], (each) => ({
      ...each,
      account: GONE,
      state: { kind: 'blocked', error: { code: 'signed-out', atMs: 0, detail: GONE } },
    }))
    await staged.page.getByRole('row').nth(1).click()
    await staged.page.getByText('This account is signed out').first().waitFor()
    return { ...staged, id: row?.id }
  }

  it('is signed in to again as whoever it was', async (test) => {
    const { page } = await openCard(test)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('dialog', { name: 'Sign in again: ou_gone' }).waitFor()
  })

  it('can go up as another account, with all that waits for the same', async (test) => {
    const { page, host, id } = await openCard(test)
    await page.getByRole('button', { name: 'Use another account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Upload as another account' })
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByLabel('Upload as').selectOption('林晓')
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await page.getByText('1 file is uploaded by the other account').waitFor()
    const asked = host.asked.findLast(({ channel }) => channel === 'queue.hand-over')
    expect(asked?.input).toEqual({ from: GONE, to: PERSON.identity, ids: null })
    await expect.poll(() => host.rows.find((row) => row.id === id)?.state.kind).toBe('queued')
  })
})
