/** Every screen of the app, and how to get there. */
import type { Page } from 'playwright-core'
import { scopesOf } from '#shared/permissions/scope-groups.ts'
import { APP_ACCOUNT, PERSON } from './stage/accounts.ts'
import { DESKTOP } from './stage/desktop.ts'
import type { StageHost, StageOptions } from './stage/stage-host.ts'

async function openRules(page: Page): Promise<void> {
  await page.locator('.side-item').nth(1).click()
  await page.locator('.rule, .no-rules-points').first().waitFor()
}

const NO_ACCOUNTS = [] as const

export interface Screen {
  readonly name: string
  readonly stage: StageOptions
  readonly welcomed?: false
  readonly show?: (page: Page, host: StageHost) => Promise<void>
}

export const SCREENS: readonly Screen[] = [
  { name: 'queue', stage: { rows: 300 } },
  {
    name: 'filter',
    stage: { rows: 300 },
    show: async (page) => {
      await page.locator('#filter-button').click()
      await page.locator('.filter-types .button').nth(1).click()
      await page.locator('.filter-chip').waitFor()
    },
  },
  { name: 'empty queue', stage: {} },
  {
    name: 'groups',
    stage: {
      rows: 340,
      groups: [
        { kind: 'folder', label: '照片 2026', files: 16 },
        { kind: 'rule', label: '工作', files: 240 },
        { kind: 'files', label: 'keynote.pptx', files: 80 },
      ],
    },
    show: async (page) => {
      await page.getByText('照片 2026').click()
      await page.locator('.row.nested').first().waitFor()
    },
  },
  {
    name: 'files that failed alike',
    stage: { rows: 400, failedAlike: 312 },
    show: async (page) => {
      await page.locator('.failure-card').waitFor()
    },
  },
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
    name: 'quick look at a text',
    stage: { rows: 20 },
    show: async (page) => {
      await page.getByRole('row').nth(7).click({ button: 'right' })
      await page.getByRole('menuitem').filter({ hasText: 'Ctrl Y' }).click()
      await page.locator('.look-text').waitFor()
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
      await page.getByRole('treegrid').focus()
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
      await page.getByRole('button', { name: /API calls left today|今日还可调用接口/ }).click()
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
        ...DESKTOP,
        capabilities: { ...DESKTOP.capabilities, notifications: false },
        systemLanguage: 'en',
        keyStorage: 'obfuscated',
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
    name: 'a watched folder whose account has signed out',
    stage: {
      rows: 20,
      rules: 6,
      accounts: [APP_ACCOUNT, { ...PERSON, isInUse: false }],
      ruleAccounts: ['user:ou_gone@cli_a5ca35a685b0x26e@open.feishu.cn'],
    },
    show: async (page) => {
      await openRules(page)
      await page.locator('.rule-open').first().click()
      await page.locator('dialog .account-gone').waitFor()
      for (const fold of await page.locator('.fold > summary').all()) await fold.click()
    },
  },
  {
    name: 'handing an upload over to another account',
    stage: { rows: 3, accounts: [APP_ACCOUNT, { ...PERSON, isInUse: false }] },
    show: async (page, host) => {
      const account = 'user:ou_gone@cli_a5ca35a685b0x26e@open.feishu.cn'
      host.change([host.rows[0]?.id ?? ''], (row) => ({
        ...row,
        account,
        state: { kind: 'blocked', error: { code: 'signed-out', atMs: 0 } },
      }))
      await page.getByRole('row').nth(1).click()
      await page.locator('.failure .buttons .button').nth(1).click()
      await page.locator('dialog .hand-over').waitFor()
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
  {
    name: 'what an account may do',
    stage: { accounts: [PERSON] },
    show: async (page, host) => {
      // The rest the person can grant, or the app lacks.
      const ofApp = scopesOf(['folder', 'names', 'document', 'base', 'staySignedIn'])
      host.permissions = { granted: scopesOf(['folder', 'names', 'staySignedIn']), ofApp }
      await page.locator('.side-account').click()
      await page.locator('.account-permissions summary').click()
      await page.locator('.permission').first().waitFor()
    },
  },
  {
    name: 'first step',
    stage: { accounts: NO_ACCOUNTS },
    welcomed: false,
    show: async (page) => {
      await page.locator('.welcome-foot button').last().click()
      await page.locator('.connect').waitFor()
    },
  },
  {
    name: 'second step',
    stage: { rows: 3 },
    welcomed: false,
    show: async (page) => {
      await page.locator('.welcome-foot button').last().click()
      await page.locator('.permission-list').waitFor()
      await page.locator('.welcome-foot button').last().click()
      await page.locator('.place').waitFor()
    },
  },
]
