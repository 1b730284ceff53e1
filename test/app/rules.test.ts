/** The screen of watched folders and its dialog, in front of a staged host. */
import type { Page } from 'playwright-core'
import { describe, expect, it, type TestContext } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { APP_ACCOUNT, PERSON } from './stage/accounts.ts'
import type { StageHost, StageOptions } from './stage/stage-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

const TWO = [APP_ACCOUNT, { ...PERSON, isInUse: false }]
const GONE = 'user:ou_gone@cli_a5ca35a685b0x26e@open.feishu.cn'

async function open(
  test: TestContext,
  rules: number,
  more: StageOptions = {},
): Promise<{ page: Page; host: StageHost }> {
  const settings = { language: 'en' } as const
  const opened = await openStagedPage(test, browser(), { rows: 20, rules, settings, ...more })
  await opened.page.getByRole('button', { name: 'Folders' }).click()
  return opened
}

/** Returns the last input that the page requested on a channel. */
function lastAsked(host: StageHost, channel: string): unknown {
  return host.asked.findLast((asked) => asked.channel === channel)?.input
}

function rule(page: Page, name: string) {
  return page.locator('.rule').filter({ has: page.getByText(name, { exact: true }) })
}

describe('the list of watched folders', () => {
  it('says what watching is while there is none', async (test) => {
    const { page } = await open(test, 0)
    await page.getByRole('heading', { name: 'Upload folders automatically' }).waitFor()
    await page.getByRole('button', { name: 'Watch a folder' }).click()
    await page.getByRole('dialog', { name: 'Watch a folder' }).waitFor()
  })

  it('shows each one’s state and figures, and follows them live', async (test) => {
    const { page, host } = await open(test, 6)
    await rule(page, '工作').getByText('Watching (1,310 files, 2 waiting)').waitFor()
    await rule(page, '合同').getByText('Folder unavailable').waitFor()
    await page.getByText('sudo sysctl fs.inotify.max_user_watches=524288').waitFor()
    const [first, ...others] = host.rules
    if (first === undefined) throw new Error('no rule')
    const counts = { ...first.standing.counts, up: 1_300, failed: 4 }
    host.changeRules([{ ...first, standing: { ...first.standing, counts } }, ...others])
    await rule(page, '工作').getByText('1,300 up').waitFor()
    await rule(page, '工作').getByText('4 failed').waitFor()
    await page.getByRole('button', { name: 'Folders' }).getByText('6').waitFor()
  })

  it('works by keyboard: up and down, pause, scan, edit, remove', async (test) => {
    const { page, host } = await open(test, 6)
    await page.locator('.rule-open').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await rule(page, '2026').getByText('Paused').waitFor()
    await page.keyboard.press('Space')
    await rule(page, '2026').getByText('Watching').waitFor()
    await page.keyboard.press('r')
    await page.getByText('Scanning 2026').waitFor()
    expect(lastAsked(host, 'rules.scan-now')).toEqual({ id: 'r1' })
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Edit watched folder' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await expect.poll(() => host.rules.map(({ id }) => id)).not.toContain('r1')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain('deliverables')
  })

  it('takes a removal back', async (test) => {
    const { page, host } = await open(test, 3)
    await rule(page, '工作').click({ button: 'right' })
    await page.getByRole('menuitem', { name: /^Stop watching(?! and)/ }).click()
    await expect.poll(() => page.locator('.rule').count()).toBe(2)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.locator('.rule').count()).toBe(3)
    expect(host.rules[0]?.id).toBe('r0')
  })

  it('leads to the files of one folder, in the queue and in the history', async (test) => {
    const { page, host } = await open(test, 3)
    await rule(page, '工作').getByRole('button', { name: '96 in the queue' }).click()
    await page.getByText('Only 工作').waitFor()
    await expect.poll(() => lastAsked(host, 'queue.window')).toMatchObject({ rule: 'r0' })
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => lastAsked(host, 'queue.window')).not.toHaveProperty('rule')
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('combobox', { name: 'Watched folder' }).selectOption('2026')
    await expect.poll(() => lastAsked(host, 'history.window')).toMatchObject({ rule: 'r1' })
  })

  it('says why files have not gone up', async (test) => {
    const { page } = await open(test, 3)
    await rule(page, '工作').getByRole('button', { name: '2 waiting' }).click()
    const dialog = page.getByRole('dialog', { name: 'Not uploaded yet: 工作' })
    await dialog.getByText('File in use, uploads once it is closed').waitFor()
    await dialog.getByText('Feishu allows 15 levels').waitFor()
  })

  it('offers to try again when it could not be loaded', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rules: 2,
      settings: { language: 'en' },
    })
    host.failing = { code: 'internal', atMs: 0 }
    await page.getByRole('button', { name: 'Folders' }).click()
    await page.getByText('Could not load this').waitFor()
    host.failing = undefined
    await page.getByRole('button', { name: 'Try again' }).click()
    await rule(page, '工作').waitFor()
  })
})

describe('the dialog of a watched folder', () => {
  it('saves every option as it was said, and shows what the patterns come to', async (test) => {
    const { page, host } = await open(test, 1)
    await page.getByRole('button', { name: 'Watch a folder' }).click()
    await page.getByText('Choose a folder to see').waitFor()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    await page.getByRole('button', { name: 'Pictures' }).click()
    await page.getByRole('button', { name: 'Choose this folder' }).click()
    await page.getByText('1,204 of 1,310 files will be uploaded').waitFor()
    await page.getByText('Files that will be uploaded').click()
    await page.getByText('2026/11/IMG_1049.jpg').waitFor()
    await page.getByRole('button', { name: 'Show more' }).first().click()
    await page.getByText('2026/11/IMG_1099.jpg').waitFor()
    // The patterns of a chip are seen, and taken out again.
    const chip = page.getByRole('button', { name: 'Office documents' })
    const include = page.getByLabel('Include only')
    await include.fill('notes.txt')
    await chip.click()
    expect(await include.inputValue()).toMatch(/^notes\.txt\n\*\.doc\n\*\.docx\n/)
    await chip.click()
    expect(await include.inputValue()).toBe('notes.txt')
    await include.fill('*.jpg\n\n*.heic ')
    await page.getByText('212 of 1,310 files will be uploaded').waitFor()
    await page.getByText('Excluded files and reasons').click()
    await page.getByText('Excluded by the rule (~$*)').waitFor()
    await page.getByLabel('Exclude', { exact: true }).fill('raw/')
    await page.getByLabel('Exclude temporary files').uncheck()
    await page.getByText('Only new ones').click()
    await page.getByText('All into one folder').click()
    await page.getByText('More options').click()
    await page.getByText('Ignore', { exact: true }).click()
    const vanished = page.getByRole('radiogroup', { name: 'no longer in Feishu' })
    await vanished.getByText('Upload it again').click()
    await page.getByLabel('Exclude files larger than', { exact: true }).fill('2')
    await page.getByLabel('Unit: Exclude files larger than').selectOption('GB')
    await page.getByLabel('Wait until unchanged for').fill('3.5')
    await page.getByLabel('Exclude copies').check()
    await page.getByLabel('Continue in “name (2)”').check()
    const person = page.getByLabel('Share uploaded files with')
    await person.fill('li at example')
    await page.getByText('neither an email address').waitFor()
    await person.fill('li@example.com')
    await page.getByLabel('Make online documents of').fill('*.docx，notes/ ,')
    await page.getByLabel('Upload as a file what cannot').check()
    await page.getByLabel('Follow links').check()
    await page.getByLabel('Detect changes').selectOption('polling')
    await page.getByRole('button', { name: 'Start watching' }).click()
    await page.getByText('Watching Pictures').waitFor()
    expect(lastAsked(host, 'rules.save')).toEqual({
      id: null,
      rule: {
        folder: '/home/lin/Pictures',
        destination: 'folder:fld0',
        account: null,
        enabled: true,
        recursive: true,
        include: ['*.jpg', '*.heic'],
        exclude: ['raw/'],
        initialFiles: 'only-new',
        subfolders: 'flatten',
        onChange: 'ignore',
        onVanished: 'again',
        dedupe: true,
        minimumBytes: 1,
        maximumBytes: 2 * 1024 ** 3,
        settleMs: 3_500,
        followLinks: true,
        allowSensitive: false,
        overflowFolders: true,
        follow: false,
        shareWith: 'li@example.com',
        asDocument: { orFile: true, patterns: ['*.docx', 'notes/'] },
        noticing: 'polling',
      },
    })
    await expect.poll(() => page.locator('.rule').count()).toBe(2)
  })

  it('opens with what is stored and changes only what is changed', async (test) => {
    const { page, host } = await open(test, 3)
    await rule(page, '2026').locator('.rule-open').click()
    await expect.poll(() => page.getByLabel('Include only').inputValue()).toBe('*.jpg\n*.heic')
    const before = host.rules[1]
    await page.getByText('files will be uploaded').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('2026 saved').waitFor()
    expect(host.rules[1]).toEqual(before)
  })

  it('says what is wrong with a folder beside the folder, and keeps what was typed', async (test) => {
    const { page } = await open(test, 1)
    await page.getByRole('button', { name: 'Watch a folder' }).click()
    const field = page.getByLabel('Folder on this computer')
    await field.fill('/')
    await page.getByLabel('Include only').fill('*.pdf')
    await page.locator('.place').waitFor()
    await page.getByRole('button', { name: 'Start watching' }).click()
    await page.getByText('This is a whole disk').waitFor()
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => page.getByLabel('Include only').inputValue()).toBe('*.pdf')
    await field.fill('/home/lin/Documents')
    await expect.poll(() => page.getByText('This is a whole disk').count()).toBe(0)
  })
})

describe('the account of a watched folder', () => {
  it('is asked for where there are several, and the place is checked as that one', async (test) => {
    const { page, host } = await open(test, 1, { accounts: TWO })
    await rule(page, '工作').getByText(`as ${APP_ACCOUNT.name}`).waitFor()
    await page.getByRole('button', { name: 'Watch a folder' }).click()
    const dialog = page.getByRole('dialog', { name: 'Watch a folder' })
    await dialog.getByLabel('Folder on this computer').fill('/home/lin/Documents')
    await dialog.locator('.place').waitFor()
    await dialog.getByLabel('Upload as').selectOption('林晓')
    await expect
      .poll(() => lastAsked(host, 'destination.check'))
      .toMatchObject({ account: PERSON.identity })
    await dialog.locator('.place').waitFor()
    await dialog.getByRole('button', { name: 'Start watching' }).click()
    await rule(page, 'Documents').getByText('as 林晓').waitFor()
    expect(lastAsked(host, 'rules.save')).toMatchObject({ rule: { account: PERSON.identity } })
  })

  it('is not asked for where there is one', async (test) => {
    const { page } = await open(test, 1)
    await rule(page, '工作').locator('.rule-open').click()
    await page.getByRole('dialog').locator('.place').waitFor()
    await expect.poll(() => page.getByLabel('Upload as').count()).toBe(0)
  })

  it('may have signed out: the folder says so, and offers it or another one', async (test) => {
    const { page, host } = await open(test, 2, { ruleAccounts: [GONE, null] })
    await rule(page, '工作').getByText('ou_gone has signed out').waitFor()
    await rule(page, '工作').locator('.rule-open').click()
    const dialog = page.getByRole('dialog', { name: 'Edit watched folder' })
    const field = dialog.getByLabel('Upload as')
    await expect.poll(() => field.inputValue()).toBe(GONE)
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    const signIn = page.getByRole('dialog', { name: 'Sign in again: ou_gone' })
    await expect.poll(() => signIn.getByLabel('App ID').inputValue()).toBe('cli_a5ca35a685b0x26e')
    await page.keyboard.press('Escape')
    await field.selectOption(APP_ACCOUNT.identity)
    await expect.poll(() => dialog.getByText('This account has signed out').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => host.rules[0]?.account).toBe(APP_ACCOUNT.identity)
  })
})

describe('a folder that is added', () => {
  it('can be kept uploaded instead', async (test) => {
    const { page } = await openStagedPage(test, browser(), {
      rows: 3,
      settings: { language: 'en' },
    })
    await page.keyboard.press('Control+Shift+o')
    await page.getByRole('button', { name: 'Documents' }).click()
    await page.getByRole('button', { name: 'Choose this folder' }).click()
    await page.getByText('Upload and keep watching').click()
    await page.getByText('Files added to the folder later').waitFor()
    await page.locator('.place').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    const dialog = page.getByRole('dialog', { name: 'Watch a folder' })
    await expect
      .poll(() => dialog.getByLabel('Folder on this computer').inputValue())
      .toBe('/home/lin/Documents')
    await dialog.locator('.place').waitFor()
    await dialog.getByRole('button', { name: 'Start watching' }).click()
    await page.getByText('Watching Documents').waitFor()
  })

  it('may be the first thing ever done', async (test) => {
    const { page } = await openStagedPage(test, browser(), {
      settings: { language: 'en', welcomed: false },
    })
    await page.getByRole('button', { name: 'Next' }).click()
    await page.locator('.welcome .notice.good').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.getByRole('button', { name: 'Watch a folder' }).click()
    await page.getByRole('dialog', { name: 'Watch a folder' }).waitFor()
  })
})

describe('a watched folder that follows', () => {
  it('asks a person about many changes, lists them, and is agreed to', async (test) => {
    const { page, host } = await open(test, 7)
    const asking = page.locator('.rule').filter({ hasText: 'Waits for your approval' })
    await asking.getByRole('button', { name: 'Review' }).click()
    const dialog = page.getByRole('dialog', { name: /^Changes in Feishu/ })
    await dialog.getByText('合同/草稿.docx → 合同/终稿.docx').waitFor()
    await dialog.getByText(/旧版本.xlsx goes to the recycle bin tomorrow/).waitFor()
    await dialog.getByText(/Someone has changed, renamed, moved or deleted/).waitFor()
    await dialog.getByRole('button', { name: 'Approve' }).click()
    await asking.waitFor({ state: 'detached' })
    expect(lastAsked(host, 'rules.approve')).toEqual({ id: 'r6' })
  })

  it('is told so in its form, and can be turned off where it asks', async (test) => {
    const { page, host } = await open(test, 7)
    await page.locator('.rule-open').first().click()
    await page.getByText('More options').click()
    await page.getByLabel('Rename, move and delete in Feishu as here').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => lastAsked(host, 'rules.save')).toMatchObject({ rule: { follow: true } })
    await page.getByRole('button', { name: 'Review' }).click()
    await page.getByRole('button', { name: 'Turn following off' }).click()
    await expect.poll(() => lastAsked(host, 'rules.stop-following')).toEqual({ id: 'r6' })
  })
})
