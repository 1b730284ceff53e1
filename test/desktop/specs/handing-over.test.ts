/** Files that reach Feidi from outside its window. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chooseInMenu, chooseInTray, closeWindow, drop, expectArrived } from '../desktop/actions.ts'
import type { DesktopUnderTest } from '../desktop/desktop-under-test.ts'
import { openDesktop } from '../desktop/open-desktop.ts'

/** The question where files go, with their names in it. */
async function expectQuestion(page: Page, ...names: string[]) {
  const dialog = page.getByRole('dialog')
  for (const name of names) await dialog.getByText(name, { exact: true }).waitFor()
  await expect.poll(() => dialog.locator('.pending li').count()).toBe(names.length)
  return dialog
}

async function confirm(desktop: DesktopUnderTest, page: Page) {
  await page.getByLabel('Destination link').fill(desktop.to)
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
}

describe('files handed over', () => {
  it('on the command line are asked about, and arrive', async (test) => {
    const desktop = await openDesktop(test)
    const file = await desktop.write('合同.pdf', 200_000)
    await desktop.close()
    const next = await desktop.restart({
      argv: ['--hidden', '合同.pdf', 'not-there.pdf', '--flag'],
    })
    const page = await next.page()
    await expectQuestion(page, '合同.pdf')
    await confirm(next, page)
    await page.getByRole('row').getByText('Done').waitFor()
    await expectArrived(next, file)
  })

  it('by a second start are asked about in the window that is open, or was closed', async (test) => {
    const desktop = await openDesktop(test)
    await desktop.write('one.txt', 1_000)
    await mkdir(join(desktop.folder, '照片'))
    await desktop.startAgain(['one.txt'], desktop.folder)
    await expectQuestion(await desktop.page(), 'one.txt')
    await closeWindow(desktop)
    await desktop.startAgain(['../files/照片'], desktop.folder)
    const page = await desktop.page()
    const dialog = await expectQuestion(page, '照片')
    // A folder can be kept uploaded, however it was handed over.
    await dialog.getByLabel('Destination link').fill(desktop.to)
    await dialog.getByText('Upload and keep watching').click()
    await dialog.getByRole('button', { name: 'Next' }).click()
    const rule = page.getByRole('dialog', { name: 'Watch a folder' })
    await rule.locator('.place').waitFor()
    const field = rule.getByLabel('Folder on this computer')
    await expect.poll(() => field.inputValue()).toBe(join(desktop.folder, '照片'))
    // From the list of the icon in the taskbar.
    await desktop.startAgain(['--add-files'], desktop.folder)
    await expect.poll(() => desktop.run(({ seen }) => seen.fileDialogs.length)).toBe(1)
  })

  it('on the dock, one by one, are one question, as are those on the icon in the menu bar', async (test) => {
    const desktop = await openDesktop(test)
    const files = [await desktop.write('a.mov', 1_000), await desktop.write('b.mov', 1_000)]
    await closeWindow(desktop)
    await desktop.run(
      ({ electron }, paths) => {
        for (const file of paths) electron.app.emit('open-file', { preventDefault() {} }, file)
      },
      files.map(({ path }) => path),
    )
    const page = await desktop.page()
    await expectQuestion(page, 'a.mov', 'b.mov')
    await page.getByRole('button', { name: 'Cancel' }).click()
    const dropped = await desktop.write('c.mov', 1_000)
    await desktop.run(({ seen }, path) => {
      seen.tray?.tray.emit('drop-files', {}, [path])
    }, dropped.path)
    await expectQuestion(page, 'c.mov')
  })

  it('by dropping files and folders on the window keep where they lie', async (test) => {
    const desktop = await openDesktop(test)
    const file = await desktop.write('note.txt', 3_000)
    const inside = await desktop.write('album/one.jpg', 2_000)
    const page = await desktop.page()
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    await drop(desktop, page, file.path, join(desktop.folder, 'album'))
    const dialog = await expectQuestion(page, 'note.txt', 'album')
    await expect.poll(() => dialog.getByText('Upload and keep watching').count()).toBe(0)
    await confirm(desktop, page)
    await expect.poll(() => page.getByRole('row').getByText('Done').count()).toBe(2)
    await expectArrived(desktop, file)
    await expectArrived(desktop, inside)
  })

  it.for([
    ['the tray', 'add-files', chooseInTray],
    ['the menu bar', 'add-folder', chooseInMenu],
  ] as const)('by way of %s are asked about', async ([, item, choose], test) => {
    const desktop = await openDesktop(test)
    const { path } = await desktop.write('picked.pdf', 1_000)
    await closeWindow(desktop)
    // The first time the person changes their mind.
    await choose(desktop, item)
    await desktop.run(({ seen }, picked) => void seen.picks.push([picked]), path)
    await choose(desktop, item)
    await expectQuestion(await desktop.page(), 'picked.pdf')
    await choose(desktop, item)
    // It begins where the last one ended, and belongs to the window in sight.
    await expect
      .poll(() => desktop.run(({ seen }) => seen.fileDialogs))
      .toEqual([
        { folder: undefined, hasParent: false },
        { folder: undefined, hasParent: false },
        { folder: desktop.folder, hasParent: true },
      ])
  })

  it('of Feidi itself are refused', async (test) => {
    const desktop = await openDesktop(test)
    await desktop.startAgain([join(desktop.home, 'feidi.db')], desktop.folder)
    const page = await desktop.page()
    await expectQuestion(page, 'feidi.db')
    await confirm(desktop, page)
    await page.getByText('Feidi does not upload its own data').waitFor()
  })
})
