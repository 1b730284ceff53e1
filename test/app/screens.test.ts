import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { seriousFindings } from './serious-findings.ts'
import { APP_ACCOUNT, PERSON, type StageHost, type StageOptions } from './stage/stage-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

async function openRules(page: Page): Promise<void> {
  await page.locator('.side-item').nth(1).click()
  await page.locator('.rule, .no-rules-points').first().waitFor()
}

const NO_ACCOUNTS = [] as const

interface Screen {
  readonly name: string
  readonly stage: StageOptions
  readonly welcomed?: false
  readonly show?: (page: Page, host: StageHost) => Promise<void>
}

const SCREENS: readonly Screen[] = [
  { name: 'queue', stage: { rows: 300 } },
  { name: 'empty queue', stage: {} },
  {
    name: 'offline',
    stage: { rows: 20, engine: { kind: 'offline', error: null } },
  },
  {
    name: 'no account',
    stage: { rows: 20, engine: { kind: 'no-account', error: null }, accounts: NO_ACCOUNTS },
  },
  {
    name: 'drawer of a running upload',
    stage: { rows: 20 },
    show: async (page) => {
      await page.getByRole('row').nth(1).click()
      await page.locator('.drawer h2').waitFor()
    },
  },
  {
    name: 'drawer of a failure',
    stage: { rows: 20 },
    show: async (page) => {
      await page.getByRole('row').nth(13).click()
      await page.locator('.failure .small-print summary').click()
    },
  },
  {
    name: 'drawer of a finished upload',
    stage: { rows: 20 },
    show: async (page) => {
      await page.getByRole('row').nth(14).click()
      await page.locator('.technical summary').click()
    },
  },
  {
    name: 'chosen rows',
    stage: { rows: 20 },
    show: async (page) => {
      await page.getByRole('grid').focus()
      await page.keyboard.press('Control+a')
      await page.locator('.selection-bar').waitFor()
    },
  },
  {
    name: 'menu of a row',
    stage: { rows: 20 },
    show: async (page) => {
      await page.getByRole('row').nth(2).click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'choosing files',
    stage: { rows: 20 },
    show: async (page) => {
      await page.keyboard.press('Control+o')
      await page.locator('.browse-entry').first().waitFor()
    },
  },
  {
    name: 'choosing a destination',
    stage: { rows: 20 },
    show: async (page) => {
      await page.setInputFiles('.file-field', {
        name: 'a.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.alloc(10),
      })
      await page.locator('dialog .place').waitFor()
    },
  },
  {
    name: 'quota card',
    stage: { rows: 20 },
    show: async (page) => {
      await page.locator('.gauge').click()
      await page.locator('.quota-card').waitFor()
    },
  },
  {
    name: 'keys',
    stage: { rows: 20 },
    show: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'history',
    stage: { rows: 200 },
    show: async (page) => {
      await page.locator('.side-item').nth(2).click()
      await page.locator('.history-entry').first().waitFor()
    },
  },
  {
    name: 'settings of a desktop without a keyring',
    stage: {
      rows: 20,
      info: {
        host: 'desktop',
        systemLanguage: 'en',
        keyStorage: 'obfuscated',
        capabilities: {
          dialogs: true,
          browse: false,
          upload: false,
          reveal: true,
          startAtLogin: true,
          tray: true,
        },
      },
    },
    show: async (page) => {
      await page.locator('.side-item').nth(3).click()
      await page.locator('.settings-body > .notice').waitFor()
    },
  },
  {
    name: 'settings',
    stage: { rows: 20 },
    show: async (page) => {
      await page.locator('.side-item').nth(3).click()
      await page.locator('.settings-section').first().waitFor()
    },
  },
  {
    name: 'a proxy by hand, and the connection tried',
    stage: { rows: 20, settings: { caFile: '/etc/ssl/company.pem' } },
    show: async (page) => {
      await page.locator('.side-item').last().click()
      await page.locator('#settings-network .segments input').nth(2).check({ force: true })
      await page.locator('.proxy-form').waitFor()
      await page.locator('#settings-network .setting-control > .button').last().click()
      await page.locator('.test-result .notice').waitFor()
    },
  },
  {
    name: 'the log',
    stage: { rows: 20 },
    show: async (page) => {
      await page.locator('.side-item').last().click()
      await page.locator('#settings-diagnostics .button').first().click()
      await page.locator('.log-lines').waitFor()
    },
  },
  {
    name: 'licences',
    stage: { rows: 20 },
    show: async (page) => {
      await page.locator('.side-item').last().click()
      await page.locator('#settings-about .about-links button').click()
      await page.locator('.licences summary').first().click()
    },
  },
  { name: 'no watched folders', stage: {}, show: openRules },
  { name: 'watched folders', stage: { rows: 20, rules: 30 }, show: openRules },
  {
    name: 'menu of a watched folder',
    stage: { rows: 20, rules: 6 },
    show: async (page) => {
      await openRules(page)
      await page.locator('.rule').first().click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'adding a watched folder',
    stage: { rows: 20, rules: 6 },
    show: async (page) => {
      await openRules(page)
      await page.locator('.toolbar .button.primary').click()
      await page.locator('dialog .place').waitFor()
    },
  },
  {
    name: 'editing a watched folder, everything unfolded',
    stage: { rows: 20, rules: 6 },
    show: async (page) => {
      await openRules(page)
      await page.locator('.rule-open').first().click()
      await page.locator('.preview').waitFor()
      for (const fold of await page.locator('.fold > summary').all()) await fold.click()
    },
  },
  {
    name: 'what has not gone up',
    stage: { rows: 20, rules: 6 },
    show: async (page) => {
      await openRules(page)
      await page.locator('.rule').first().locator('button.rule-count').nth(2).click()
      await page.locator('.problems li').first().waitFor()
    },
  },
  {
    name: 'the queue of one watched folder',
    stage: { rows: 20, rules: 6 },
    show: async (page) => {
      await openRules(page)
      await page.locator('.rule').first().locator('button.rule-count').nth(1).click()
      await page.locator('.rule-filter').waitFor()
    },
  },
  {
    name: 'accounts, one of which has to sign in again',
    stage: {
      accounts: [APP_ACCOUNT, { ...PERSON, isInUse: false }],
      troubles: [{ identity: PERSON.identity, name: '林晓', error: { code: 20064, atMs: 0 } }],
    },
    show: async (page) => {
      await page.locator('.side-account').click()
      await page.locator('.account-state.bad').waitFor()
    },
  },
  {
    name: 'adding an account',
    stage: {},
    show: async (page) => {
      await page.locator('.side-account').click()
      await page.locator('.accounts > .buttons button').click()
      await page.locator('dialog .app-needs summary').click()
    },
  },
  { name: 'first step', stage: { accounts: NO_ACCOUNTS }, welcomed: false },
  {
    name: 'second step',
    stage: { rows: 3 },
    welcomed: false,
    show: async (page) => {
      await page.locator('.welcome-foot button').last().click()
      await page.locator('.place').waitFor()
    },
  },
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.for(SCREENS)('$name: axe has nothing serious to say', async (screen, test) => {
    const language = theme === 'light' ? ('zh-CN' as const) : ('en' as const)
    const settings = { theme, language, welcomed: screen.welcomed ?? true }
    const { page, host } = await openStagedPage(test, browser(), { ...screen.stage, settings })
    await screen.show?.(page, host)
    expect(await seriousFindings(page)).toEqual([])
  })
})

describe('both languages', () => {
  it('switch live, the whole page with them', async (test) => {
    const { page } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByText('简体中文').click()
    await page.getByRole('heading', { name: '传输' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await page.getByRole('button', { name: '队列' }).click()
    await page.getByText('正在上传 20%').waitFor()
    expect(await page.title()).toBe('飞递')
  })

  it.for([
    ['zh-CN', '全部暂停'],
    ['en-US', 'Pause all'],
  ] as const)('follow the system: %s', async ([locale, words], test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 3 }, { locale })
    await page.getByRole('button', { name: words }).waitFor()
  })

  it.for([
    { width: 900, height: 600 },
    { width: 640, height: 400 },
    { width: 2560, height: 1080 },
  ])('nothing is cut off at $width x $height', async (viewport, test) => {
    for (const language of ['en', 'zh-CN'] as const) {
      const settings = { language }
      const { page } = await openStagedPage(
        test,
        browser(),
        { rows: 200, rules: 8, settings },
        { viewport },
      )
      for (const screen of [0, 1, 2, 3]) {
        await page.locator('.side-item').nth(screen).click()
        const { content, window } = await page.evaluate(() => ({
          content: document.documentElement.scrollWidth,
          window: innerWidth,
        }))
        expect(content).toBeLessThanOrEqual(window)
        expect(await outside(page)).toEqual([])
      }
    }
  })
})

describe('history', () => {
  it('filters by result, searches and exports what it shows', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 200,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'History' }).click()
    await page.locator('.history-entry').first().waitFor()
    await page.getByRole('combobox', { name: 'Result' }).selectOption('failed')
    await expect.poll(() => page.locator('.history-entry').count()).toBe(1)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    expect((await download).suggestedFilename()).toBe('feidi-history.csv')
    const asked = host.asked.findLast(({ channel }) => channel === 'history.export')
    expect(asked?.input).toMatchObject({ result: 'failed' })
    await page.getByRole('searchbox').fill('no such file')
    await page.getByText('Nothing in the history matches').waitFor()
  })
})

describe('settings', () => {
  it('keeps what is set, at once', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 3,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByText('Dark', { exact: true }).click()
    await expect.poll(() => host.settings.theme).toBe('dark')
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await page.getByText('Compact').click()
    const field = page.getByLabel('Upload speed limit')
    await field.fill('5')
    await page.getByText('At least 10 KB a second').waitFor()
    await field.fill('2048')
    await field.press('Enter')
    await expect.poll(() => host.settings.bandwidthBytesPerSecond).toBe(2_097_152)
    await page.getByLabel('Uploads at the same time').selectOption('serial')
    await page.getByLabel('Only at certain times').check()
    await page.getByLabel('Sunday').uncheck()
    await expect
      .poll(() => host.settings)
      .toMatchObject({
        lanes: 'serial',
        density: 'compact',
        schedule: { from: '19:00', until: '08:00', days: [1, 2, 3, 4, 5, 6] },
      })
  })

  it('takes an app as an account, and never shows its secret again', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: NO_ACCOUNTS,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByRole('button', { name: 'Add an account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The app itself').click()
    await dialog.getByLabel('App ID').fill('cli_new')
    await dialog.getByLabel('App secret').fill('0123456789abcdef')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('listitem', { name: 'cli_new' }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(host.asked.find(({ channel }) => channel === 'accounts.add-app')?.input).toEqual({
      ...{ appId: 'cli_new', appSecret: '0123456789abcdef', brand: 'feishu' },
    })
    expect(await page.content()).not.toContain('0123456789abcdef')
  })
})

describe('the first steps', () => {
  it('can each be skipped, and do not come back', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      accounts: NO_ACCOUNTS,
      settings: { language: 'en', welcomed: false },
    })
    await page.getByRole('heading', { name: 'Connect to Feishu' }).waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('heading', { name: 'Where files go' }).waitFor()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('button', { name: 'Start using Feidi' }).click()
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    expect(host.settings.welcomed).toBe(true)
  })
})

describe('trouble', () => {
  it('is shown when the host goes away', async (test) => {
    const { page, close } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    await close()
    await page.getByText('Feidi is not answering.').waitFor()
    // What was there stays readable.
    await page.getByText('Uploading 20%').waitFor()
  })

  it('is shown in place of a list that can not be loaded, with a way on', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByText('Uploading 20%').waitFor()
    host.failing = { code: 'store-failed', atMs: Date.now() }
    await page.getByRole('tab', { name: /^Waiting/ }).click()
    await page.getByText('This could not be loaded').waitFor()
    host.failing = undefined
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('row').nth(1).waitFor()
  })
})

/** Controls that lie beside the window. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.toolbar :is(button, input), .setting-control > *')]
      .filter((node) => {
        const box = node.getBoundingClientRect()
        return box.width > 0 && (box.right > innerWidth || box.left < 0)
      })
      .map((node) => node.outerHTML.slice(0, 80)),
  )
}
