/** Watched folders in a browser, with the real engine and a simulated Feishu behind them. */
import { mkdir, realpath, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, inject, it, type TestContext } from 'vitest'
import { openRules } from '#main/store/rule-store.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'
import { openWebScene, type WebScene } from '#test/web/web-scene.ts'
import { openPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

async function open(test: TestContext) {
  const scene = await openWebScene(test, { web: { rendererFolder: inject('rendererFolder') } })
  await mkdir(join(scene.folder, 'work'))
  const folder = await realpath(join(scene.folder, 'work'))
  const settings = await scene.signIn()
  await settings.ask('settings.set', { change: { welcomed: true } })
  const page = await openPage(test, browser(), scene.web.newLink().url)
  await page.getByRole('button', { name: 'Folders' }).click()
  return { scene, folder, page }
}

/** By hand: the button, the folder, the destination; files count as complete soon. */
async function watch(page: Page, scene: WebScene, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Watch a folder' }).click()
  await page.getByLabel('Folder on this computer').fill(folder)
  await page.getByLabel('Destination link').fill(scene.to)
  await page.getByText('More options').click()
  await page.getByLabel('Wait until unchanged for').fill('0.1')
  await page.locator('.place').waitFor()
  await page.getByRole('button', { name: 'Start watching' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

function row(page: Page) {
  return page.locator('.rule').first()
}

describe('a folder watched from the browser', () => {
  it('brings its files to Feishu, byte for byte, and says how far it is', async (test) => {
    const { scene, folder, page } = await open(test)
    const first = await scene.write('work/报告.docx', 40_000)
    await watch(page, scene, folder)
    await row(page).getByText('1 up').waitFor()
    const second = await scene.write('work/later.mov', 700_000)
    await row(page).getByText('2 up').waitFor()
    await row(page).getByText('Watching (2 files)').waitFor()
    await expectOnce(scene.simulator, scene.folderToken, first)
    await expectOnce(scene.simulator, scene.folderToken, second)
    await row(page).getByRole('button', { name: '2 up' }).click()
    await expect.poll(() => page.locator('.history-entry').count()).toBe(2)
  })

  it('rests while it is paused, and has its removal taken back', async (test) => {
    const { scene, folder, page } = await open(test)
    await watch(page, scene, folder)
    await row(page).getByText('Watching (0 files)').waitFor()
    await row(page).getByRole('button', { name: 'Pause work' }).click()
    await row(page).getByText('Paused', { exact: true }).waitFor()
    const file = await scene.write('work/a.txt', 500)
    await row(page).getByRole('button', { name: 'Resume work' }).click()
    await row(page).getByText('1 up').waitFor()
    await row(page).getByRole('button', { name: 'Actions for work' }).click()
    await page.getByRole('menuitem', { name: /^Stop watching(?! and)/ }).click()
    await page.getByRole('heading', { name: 'Upload folders automatically' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    const other = await scene.write('work/b.txt', 500)
    await row(page).getByText('2 up').waitFor()
    await expectOnce(scene.simulator, scene.folderToken, file)
    await expectOnce(scene.simulator, scene.folderToken, other)
  })

  it('shows what patterns come to before they are saved', async (test) => {
    const { scene, folder, page } = await open(test)
    for (const name of ['a.jpg', 'b.jpg', 'c.txt', '~$c.txt']) {
      await scene.write(`work/${name}`, 2_000)
    }
    await watch(page, scene, folder)
    await row(page).getByText('3 up').waitFor()
    await row(page).locator('.rule-open').click()
    await page.getByText('3 of 4 files will be uploaded').waitFor()
    await page.getByLabel('Include only').fill('*.jpg')
    await page.getByText('2 of 4 files will be uploaded').waitFor()
    await page.getByText('Excluded files and reasons').click()
    await page.getByText('Not included by the rule').waitFor()
    await page.getByText('Excluded by the rule (~$*)').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await row(page).getByText('2 excluded').waitFor()
    await scene.write('work/d.txt', 10)
    await row(page).getByText('3 excluded').waitFor()
    expect(filesNamed(scene.simulator, scene.folderToken, 'd.txt')).toEqual([])
  })

  it('is waited for when its drive is unplugged', async (test) => {
    const { scene, folder, page } = await open(test)
    await watch(page, scene, folder)
    await row(page).getByText('Watching (0 files)').waitFor()
    await rename(folder, `${folder}-away`)
    await row(page).getByText('Folder unavailable').waitFor()
    await page
      .getByRole('button', { name: 'Folders' })
      .getByTitle('1 folder needs attention')
      .waitFor()
    await writeFile(join(`${folder}-away`, 'a.txt'), 'kept')
    await rename(`${folder}-away`, folder)
    await row(page).getByText('1 up').waitFor()
  })

  it('appears when another process adds it', async (test) => {
    const { scene, folder, page } = await open(test)
    await page.getByRole('heading', { name: 'Upload folders automatically' }).waitFor()
    openRules(scene.home).add(
      {
        ...WATCH_RULE_DEFAULTS,
        folder,
        destination: { kind: 'folder', folderToken: scene.folderToken },
        exclude: ['*.log'],
      },
      Date.now(),
    )
    await row(page).getByText('Watching (0 files)').waitFor()
    await row(page).locator('.rule-open').click()
    await expect.poll(() => page.getByLabel('Exclude', { exact: true }).inputValue()).toBe('*.log')
    await expect.poll(() => page.getByLabel('Exclude temporary files').isChecked()).toBe(false)
  })

  it('is refused with the reason where it overlaps with another', async (test) => {
    const { scene, folder, page } = await open(test)
    await watch(page, scene, folder)
    await row(page).getByText('Watching (0 files)').waitFor()
    await mkdir(join(folder, 'inner'))
    await page.getByRole('button', { name: 'Watch a folder' }).click()
    await page.getByLabel('Folder on this computer').fill(join(folder, 'inner'))
    await page.locator('.place').waitFor()
    await page.getByRole('button', { name: 'Start watching' }).click()
    await page.getByText('overlaps with that of another rule').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.rule').count()).toBe(1)
  })
})
