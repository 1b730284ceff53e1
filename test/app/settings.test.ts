import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it, type TestContext } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
import { DESKTOP } from './stage/desktop.ts'
import type { StageOptions } from './stage/stage-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

async function openSettings(test: TestContext, stage: StageOptions = {}) {
  const settings = { language: 'en', ...stage.settings } as const
  const opened = await openStagedPage(test, browser(), { rows: 3, ...stage, settings })
  await opened.page.getByRole('button', { name: 'Settings' }).first().click()
  const asked = (channel: string) =>
    opened.host.asked.filter((each) => each.channel === channel).map(({ input }) => input)
  return { ...opened, asked }
}

describe('what a host can not do is not offered', () => {
  const ONLY_DESKTOP = [
    'Start when I log in',
    'Keep running when the window is closed',
    'Notify me when a batch is done',
  ]

  it('in a browser', async (test) => {
    const { page, host } = await openSettings(test)
    await page.getByLabel('Pictures in lists').uncheck()
    await expect.poll(() => host.settings.thumbnails).toBe(false)
    for (const name of ONLY_DESKTOP) await expect.poll(() => page.getByLabel(name).count()).toBe(0)
    await expect.poll(() => page.getByRole('button', { name: 'Show in folder' }).count()).toBe(0)
    // The section that was asked for is marked, though it cannot reach the top.
    const link = page.getByRole('button', { name: 'Diagnostics', exact: true })
    await link.click()
    await expect.poll(() => link.getAttribute('aria-current')).toBe('location')
  })

  it('and works on the desktop', async (test) => {
    const capabilities = { ...DESKTOP.capabilities, notifications: false }
    const { page, host, asked } = await openSettings(test, { info: { ...DESKTOP, capabilities } })
    await page.getByText("does not show Feidi's notifications").waitFor()
    await page.getByLabel('Start when I log in').check()
    await page.getByLabel('Keep running when the window is closed').uncheck()
    await page.getByLabel('Notify me when a batch is done').uncheck()
    await expect
      .poll(() => host.settings)
      .toMatchObject({ startAtLogin: true, closeToTray: false, notifyBatchDone: false })
    for (const button of await page.getByRole('button', { name: 'Show in folder' }).all()) {
      await button.click()
    }
    await expect
      .poll(() => asked('diagnostics.reveal'))
      .toEqual([{ place: 'log' }, { place: 'home' }])
  })
})

it('messages about trouble get a receiver, whose address is shown no more', async (test) => {
  const { page, asked } = await openSettings(test)
  const section = page.locator('#settings-notifications')
  await section.getByRole('button', { name: 'Set up' }).click()
  const url = 'https://open.feishu.cn/open-apis/bot/v2/hook/aaaa'
  await page.getByLabel('Address').fill(url)
  await page.getByLabel('Signature key (optional)').fill('key')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('To the group of a bot at open.feishu.cn.').waitFor()
  expect(await page.getByText('aaaa').count()).toBe(0)
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('Message delivered').waitFor()
  const hours = page.getByLabel('No upload for')
  await hours.fill('24')
  await hours.press('Enter')
  await expect
    .poll(() => asked('alerts.set'))
    .toEqual([{ receiver: { url, secret: 'key' } }, { silentHours: 24 }])
})

it('a shared limiter gets its address and password, which goes in and never out', async (test) => {
  const { page, asked } = await openSettings(test)
  const section = page.locator('#settings-transfers')
  await section.getByRole('button', { name: 'Set up' }).click()
  const url = 'rediss://limits.example.com:6379'
  await section.getByLabel('Address of the limiter').fill(url)
  await section.getByLabel('Password of the limiter (optional)').fill('correct-horse')
  await section.getByRole('button', { name: 'Save' }).click()
  await section.getByText(url).waitFor()
  await section.getByRole('button', { name: 'Turn off' }).click()
  await expect
    .poll(() => asked('limiter.set'))
    .toEqual([{ url, password: 'correct-horse' }, { url: null }])
})

it('a newer version is named, with notes that are text and no more', async (test) => {
  const notes = 'Folders can be paused.\n<b>bold</b>'
  const { page, host } = await openSettings(test, {
    info: { updates: { newer: { version: '0.2.0', notes }, install: null } },
  })
  const section = page.locator('#settings-about')
  await section.getByText('Version 0.2.0 is available').waitFor()
  await section.getByText('What is new').click()
  await section.getByText('<b>bold</b>').waitFor()
  await section.getByLabel('Look for newer versions').uncheck()
  await expect.poll(() => host.settings.checkForUpdates).toBe(false)
})

it('a metered connection is said to hold uploads, and a person may send anyway', async (test) => {
  const { page, host } = await openStagedPage(test, browser(), {
    rows: 3,
    settings: { language: 'en' },
    engine: { kind: 'paused', error: null, pausedBy: 'metered' },
    info: { knowsMetered: true },
  })
  await page.getByText('The connection is metered').waitFor()
  await page.getByRole('button', { name: 'Upload anyway' }).click()
  await expect.poll(() => host.asked.at(-1)?.channel).toBe('queue.use-metered')
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await page.getByLabel('Pause on metered connections').uncheck()
  await expect.poll(() => host.settings.pauseOnMetered).toBe(false)
})

describe('transfers', () => {
  it('take limits for single calls and for the day, and only those that Feishu takes as well', async (test) => {
    const { page, host } = await openSettings(test)
    const field = page.getByLabel('Send without splitting up to')
    await field.fill('21')
    await field.press('Enter')
    await page.getByText('0 to 20 MB, or empty').waitFor()
    expect(host.settings.singleCallLimitBytes).toBe('auto')
    await field.fill('0')
    await field.press('Enter')
    await expect.poll(() => host.settings.singleCallLimitBytes).toBe(0)
    await field.fill('2.5')
    await field.press('Enter')
    await expect.poll(() => host.settings.singleCallLimitBytes).toBe(2_621_440)
    await field.fill('')
    await field.press('Enter')
    await expect.poll(() => host.settings.singleCallLimitBytes).toBe('auto')
    const calls = page.getByLabel('API calls of this computer a day')
    await calls.fill('99')
    await calls.press('Enter')
    await page.getByText('100 to 10,000, or leave empty').waitFor()
    await calls.fill('2500')
    await calls.press('Enter')
    await expect.poll(() => host.settings.limits.callsPerDay).toBe(2_500)
  })

  it('show what is left of today', async (test) => {
    const { page } = await openSettings(test)
    await page.getByText('6,832 used').waitFor()
    await page.getByText('The queue needs 1,450 more calls').waitFor()
  })
})

describe('the proxy', () => {
  it('is set by hand, its password going in and never out', async (test) => {
    const { page, asked } = await openSettings(test)
    await choose(page, 'Manual')
    const save = page.locator('.proxy-form button')
    await expect.poll(() => save.isDisabled()).toBe(true)
    await page.getByLabel('Host', { exact: true }).fill('proxy.corp')
    await page.getByLabel('Port', { exact: true }).fill('70000')
    await expect.poll(() => save.isDisabled()).toBe(true)
    await page.getByLabel('Port', { exact: true }).fill('3128')
    await page.getByLabel('User name').fill('joe')
    await page.getByLabel('Password').fill('hunter22')
    await page.getByLabel('Bypass the proxy for').fill('.corp')
    await save.click()
    await page.getByText('Proxy saved').waitFor()
    const proxy = { kind: 'manual', host: 'proxy.corp', port: 3128, user: 'joe', noProxy: '.corp' }
    expect(asked('proxy.set')).toEqual([{ proxy, password: 'hunter22' }])
    await expect.poll(() => page.getByLabel('Password').inputValue()).toBe('')

    // Kept as long as it goes to the same place and person; typed again for another.
    await page.getByLabel('Bypass the proxy for').fill('')
    await save.click()
    await expect.poll(() => asked('proxy.set').at(-1)).toEqual({ proxy: { ...proxy, noProxy: '' } })
    await page.getByLabel('User name').fill('eve')
    await save.click()
    await expect.poll(() => asked('proxy.set').at(-1)).toMatchObject({ password: null })

    await choose(page, 'None')
    await expect.poll(() => asked('proxy.set').at(-1)).toMatchObject({ proxy: { kind: 'none' } })
    await expect.poll(() => page.locator('.proxy-form').count()).toBe(0)
  })

  it('is tried, and what happened is said with what to do', async (test) => {
    const { page } = await openSettings(test)
    await page.getByRole('button', { name: 'Test' }).click()
    await page.getByText('Connected to open.feishu.cn in 84 ms.').waitFor()
    await page.getByText('direct connection, no proxy').waitFor()
    await choose(page, 'Manual')
    await page.getByLabel('Host', { exact: true }).fill('wrong.example.com')
    await page.locator('.proxy-form button').click()
    await page.getByText('Proxy saved').waitFor()
    await page.getByRole('button', { name: 'Test' }).click()
    await page.getByText('The proxy server refused the connection.').waitFor()
    await page.getByText(/Check the proxy's address, user name and password/).waitFor()
    await page.getByText(/through proxy wrong\.example\.com:8080 · Code proxy-refused/).waitFor()
  })
})

it('a certificate file is looked at before it is used', async (test) => {
  const { page, host } = await openSettings(test)
  await page.locator('#settings-network').getByRole('button', { name: 'Choose' }).click()
  await page.getByRole('dialog').getByText('notes.txt').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Choose' }).click()
  await page.getByText(/Example Corp Root CA · valid until/).waitFor()
  await expect.poll(() => host.settings.caFile).toBe('/home/lin/notes.txt')
  host.failing = { code: 'ca-file-unreadable', detail: '/nowhere.pem', atMs: 0 }
  await page.getByLabel('Extra certificate authority').fill('/nowhere.pem')
  await page.getByLabel('Extra certificate authority').press('Enter')
  await page.locator('#settings-network [role=alert]').waitFor()
  host.failing = undefined
  expect(host.settings.caFile).toBe('/home/lin/notes.txt')
  await page.getByRole('button', { name: 'Use no extra certificates' }).click()
  await expect.poll(() => host.settings.caFile).toBeNull()
})

describe('diagnostics', () => {
  it('leave names of files out unless the person ticks that', async (test) => {
    const { page } = await openSettings(test)
    const textOf = async () => {
      const download = page.waitForEvent('download')
      const diagnostics = page.locator('#settings-diagnostics')
      await diagnostics.getByRole('button', { name: 'Export' }).click()
      return readFile(await (await download).path(), 'utf8')
    }
    expect(await textOf()).toBe('without names')
    await page.getByLabel('Include file names and paths').check()
    expect(await textOf()).toBe('with names')
  })

  it('show the log, search it and hand it over', async (test) => {
    const { page } = await openSettings(test)
    await page.getByRole('button', { name: 'View' }).click()
    const lines = page.getByRole('dialog').getByRole('listitem')
    await expect.poll(() => lines.count()).toBe(5)
    await page.getByRole('searchbox').fill('1061001')
    await expect.poll(() => lines.count()).toBe(1)
    await page.getByRole('searchbox').fill('nowhere')
    await page.getByText('No line matches').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toBe('feidi-2026-11-25.log')
  })
})

it('says what it is made with', async (test) => {
  const { page } = await openSettings(test)
  await page.getByRole('button', { name: 'Licences' }).click()
  const dialog = page.getByRole('dialog')
  for (const name of ['react', 'undici', 'electron-log']) {
    await dialog.getByText(name, { exact: true }).click()
  }
  await dialog.getByText(/Copyright \(c\) Matteo Collina and Undici contributors/).waitFor()
})

function choose(page: Page, kind: string) {
  return page.getByRole('radiogroup', { name: 'Proxy' }).getByText(kind).click()
}

describe('what is set', () => {
  it('keeps what is set, at once', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 3,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByText('Dark', { exact: true }).click()
    await expect.poll(() => host.settings.theme).toBe('dark')
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset['theme']))
      .toBe('dark')
    await page.getByText('Compact').click()
    const field = page.getByLabel('Upload speed limit')
    await field.fill('5')
    await page.getByText('At least 10 KB per second').waitFor()
    await field.fill('2048')
    await field.press('Enter')
    await expect.poll(() => host.settings.bandwidthBytesPerSecond).toBe(2_097_152)
    await page.getByLabel('Simultaneous uploads').selectOption('serial')
    await page.getByLabel('Only at certain times').check()
    await page.getByLabel('Sunday').uncheck()
    // By 24 hours, whatever the browser's own language has.
    const from = page.getByLabel('From', { exact: true })
    await from.fill('25:00')
    await page.getByText('A time from 00:00 to 23:59').waitFor()
    await from.fill('2030')
    await from.press('Enter')
    await expect.poll(() => from.inputValue()).toBe('20:30')
    await from.press('ArrowUp')
    await expect
      .poll(() => host.settings)
      .toMatchObject({
        lanes: 'serial',
        density: 'compact',
        schedule: { from: '21:00', until: '08:00', days: [1, 2, 3, 4, 5, 6] },
      })
  })

  it('takes an app as an account, and never shows its secret again', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: [],
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByRole('button', { name: 'Add an account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Set up by hand', { exact: true }).click()
    await dialog.getByText('As an app (no personal sign-in)').click()
    await dialog.getByLabel('App ID').fill('cli_new')
    await dialog.getByLabel('App Secret').fill('0123456789abcdef')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('listitem', { name: 'cli_new' }).waitFor()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(host.asked.find(({ channel }) => channel === 'accounts.add-app')?.input).toEqual({
      ...{ appId: 'cli_new', appSecret: '0123456789abcdef', brand: 'feishu' },
    })
    expect(await page.content()).not.toContain('0123456789abcdef')
  })
})

describe('settings as a file', () => {
  it('are exported, and show every rule before they are imported', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { settings: { language: 'en' } })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    const general = page.locator('#settings-general')
    const download = page.waitForEvent('download')
    await general.getByRole('button', { name: 'Export' }).click()
    expect((await download).suggestedFilename()).toBe('feidi-settings.json')
    const choose = (text: string) =>
      general.locator('input[type=file]').setInputFiles({
        ...{ name: 'feidi.json', mimeType: 'application/json' },
        buffer: Buffer.from(text),
      })
    await choose(' '.repeat(1_000_001))
    await page.getByText('This is not a settings file of Feidi').waitFor()
    await choose('{}')
    const dialog = page.getByRole('dialog', { name: 'Import settings and watched folders' })
    await dialog.getByText('/home/lin/工作').waitFor()
    await dialog.getByText('folder:fldcn1').waitFor()
    await dialog.getByText('Shared with boss@example.com').waitFor()
    await dialog.getByText('Uploads files that may hold keys').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(host.asked.some(({ channel }) => channel === 'portable.import')).toBe(false)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('0 watched folders added, paused; 2 settings changed').waitFor()
    await page.getByText('Not added: /home/lin/工作').waitFor()
  })
})
