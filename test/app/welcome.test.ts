import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { scopesOf } from '#shared/permissions/scope-groups.ts'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

const RIGHTS = { asPerson: [...scopesOf(['folder', 'document']), 'im:message'], asApp: [] }

/** Presses Tab until this has the focus, as someone without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'radio', name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: true })
  await target.waitFor()
  for (let steps = 0; steps < 40; steps++) {
    if (await target.evaluate((node) => node === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}`)
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, 'button', name)
  await page.keyboard.press('Enter')
}

describe('the first steps', () => {
  it('can each be skipped, and do not come back', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: [],
      settings: { language: 'en', welcomed: false },
    })
    await page.getByRole('heading', { name: 'Language and service' }).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'Connect to Feishu' }).waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('heading', { name: 'Choose a destination' }).waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('button', { name: 'Start using Feidi' }).click()
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    expect(host.settings.welcomed).toBe(true)
  })

  it('connect by a scan, by keyboard alone, and show what the app may do before it is kept', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: [],
      settings: { language: 'en', welcomed: false },
    })
    // The language and the service lead, and hold for all that follows.
    await tabTo(page, 'radio', 'English')
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('heading', { name: '语言和服务' }).waitFor()
    await press(page, '下一步')
    await page.getByRole('heading', { name: '连接飞书' }).waitFor()
    await press(page, '显示二维码')
    await page.getByRole('img', { name: '页面的二维码' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])

    const app = { appId: 'cli_a9f3c27d5e80b01c', brand: 'feishu', rights: RIGHTS } as const
    host.tellRegistration(host.registrationView({ stage: 'found', url: null, app }))
    const rights = page.getByRole('region', { name: `${app.appId} 的权限` })
    // A right that Feidi has no use for stands open, and nothing has been kept.
    await rights.getByText('im:message').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(host.asked.map(({ channel }) => channel)).not.toContain('accounts.keep-registered')
    await press(page, '保存应用并登录')
    await page.getByText('WDJB-MJHT').waitFor()
    const asked = host.asked.findLast(({ channel }) => channel === 'accounts.sign-in')?.input
    expect(asked).toMatchObject({ appId: app.appId, method: 'device', appSecret: null })

    host.tellSignIn(host.signInView('device', { stage: 'done', name: '林晓' }))
    await page.locator('.notice.good').getByText('林晓').waitFor()
    await page.getByRole('list', { name: '权限' }).getByText('文件夹、共享文件夹').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await press(page, '下一步')
    await page.getByRole('heading', { name: '上传到哪里' }).waitFor()
  })

  it('say why a scan did not work, and lead to setting up by hand with everything prepared', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: [],
      settings: { language: 'en', welcomed: false },
    })
    await page.getByText('Lark', { exact: true }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'Connect to Lark' }).waitFor()
    await page.getByRole('button', { name: 'Show the code' }).click()
    await page.getByRole('img', { name: 'QR code of the page' }).waitFor()
    const error = { code: 'registration-expired', atMs: 1 } as const
    host.tellRegistration(host.registrationView({ stage: 'failed', url: null, error }))
    await page.getByRole('alert').getByText('The app was not created in time.').waitFor()
    await page.getByRole('button', { name: 'Start again' }).waitFor()
    await page.getByText('Set up by hand', { exact: true }).click()
    await page.getByRole('link', { name: 'open.larksuite.com' }).waitFor()
    // The reason stands beside the button that cannot be pressed yet.
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true })
    expect(await signIn.isDisabled()).toBe(true)
    await page.getByText('Enter the App ID (such as').waitFor()
    await page.getByText('App requirements').click()
    await page.getByLabel('Documents', { exact: true }).check()
    await page.getByText('docx:document').waitFor()
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: {
          writeText: async (text: string) => {
            document.title = text
          },
        },
      })
    })
    await page.getByRole('button', { name: 'Copy a message for the admin' }).click()
    await expect.poll(() => page.title()).toContain('http://localhost:18640/callback')
    expect(await page.title()).toContain('docx:document')
    expect(await page.title()).toContain('prepare a Lark app')
    expect(await seriousFindings(page)).toEqual([])
  })
})
