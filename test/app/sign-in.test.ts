/** A person signs in through the app in a browser, before the real host and a simulated Feishu. */
import { describe, expect, inject, it } from 'vitest'
import { openWebScene } from '#test/web/web-scene.ts'
import { openPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('signing in', () => {
  it('in the browser, uploading, losing the sign-in, and signing in again', async (test) => {
    const scene = await openWebScene(test, {
      web: {
        rendererFolder: inject('rendererFolder'),
        credentials: undefined,
        signInPorts: [0],
      },
    })
    const { simulator } = scene
    const page = await openPage(test, browser(), scene.web.newLink().url)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Set up by hand', { exact: true }).click()
    await page.getByLabel('App ID').fill('cli_demo')
    await page.getByLabel('App Secret').fill('demo-secret')
    const opened = page.context().waitForEvent('page')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    const feishu = await opened
    await feishu.getByText('林晓').waitFor()
    await feishu.getByRole('link', { name: '授权' }).click()
    await feishu.getByText('You can return to Feidi').waitFor()
    await feishu.close()
    await page.getByText('Signed in as 林晓').waitFor()
    await page.getByRole('list', { name: 'Permissions' }).getByText('Folders, shared').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('button', { name: 'Start using Feidi' }).click()
    await page.getByRole('navigation').getByRole('button', { name: '林晓' }).waitFor()

    await page.setInputFiles('.file-field', {
      name: 'a.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('as myself'),
    })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Destination link').fill(scene.to)
    await dialog.locator('.place').waitFor()
    await dialog.getByRole('button', { name: /^Upload( \d|$)/ }).click()
    await expect.poll(() => simulator.files().length).toBe(1)
    expect(simulator.files()[0]).toMatchObject({ identity: 'user:ou_demo' })

    // A document takes a permission more: granted where it is missing, and the dialog continues.
    const document = simulator.addDocument({ title: 'Weekly report' })
    await page.setInputFiles('.file-field', {
      name: 'd.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('into a document'),
    })
    await dialog.getByLabel('Destination link').fill(`docx:${document.token}`)
    const asked = page.context().waitForEvent('page')
    await dialog.getByRole('button', { name: 'Grant and continue' }).click()
    const consent = await asked
    await consent.getByText('docx:document').waitFor()
    await consent.getByRole('link', { name: '授权' }).click()
    await consent.getByText('You can return to Feidi').waitFor()
    await consent.close()
    await dialog.locator('.place').getByText('Weekly report').waitFor()
    await dialog.getByRole('button', { name: /^Upload( \d|$)/ }).click()
    await expect.poll(() => simulator.files().map(({ name }) => name)).toContain('d.txt')

    // The sign-in is revoked; queued transfers stay queued, and the person is asked.
    simulator.signIns.revoke('ou_demo')
    const used = simulator.callsTo('files/upload_all')[0]
    expect(used?.identity).toBe('user:ou_demo')
    simulator.faults.add({
      endpoint: 'files/upload_all',
      times: 2,
      do: { kind: 'answer', status: 401, code: 99991668 },
    })
    await page.setInputFiles('.file-field', {
      name: 'b.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('later'),
    })
    await dialog.getByLabel('Destination link').fill(scene.to)
    await dialog.locator('.place').waitFor()
    await dialog.getByRole('button', { name: /^Upload( \d|$)/ }).click()
    await page
      .locator('.banner')
      .getByText(/sign-in was revoked/)
      .first()
      .waitFor()
    simulator.faults.clear()
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page
      .getByRole('listitem', { name: '林晓' })
      .getByRole('button', { name: 'Sign in again' })
      .click()
    await dialog.getByRole('button', { name: 'Another way' }).click()
    await dialog.getByText('Device code', { exact: true }).click()
    simulator.signIns.lifetimes.deviceIntervalMs = 10
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
    await dialog.getByRole('status').waitFor()
    await expect.poll(() => simulator.signIns.openUserCodes.length).toBe(1)
    await dialog.getByText(simulator.signIns.openUserCodes[0] ?? '').waitFor()
    simulator.signIns.decideDevice(simulator.signIns.openUserCodes[0] ?? '', 'allow')
    await page.getByText('Signed in as 林晓').waitFor()
    await expect.poll(() => simulator.files().length).toBe(3)
    expect(new Set(simulator.files().map(({ identity }) => identity))).toEqual(
      new Set(['user:ou_demo']),
    )
  }, 120_000)
})
