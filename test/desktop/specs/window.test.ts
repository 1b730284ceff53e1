/** The life of the window. These specs run on the stand-in, and on the real Electron (`npm run test:electron`). */
import { describe, expect, it } from 'vitest'
import {
  answerBox,
  askToClose,
  boxesOf,
  chooseInTray,
  closeWindow,
  windowCount,
} from '../desktop/actions.ts'
import { openDesktop } from '../desktop/open-desktop.ts'

describe('the window', () => {
  it('shows the queue', async (test) => {
    const desktop = await openDesktop(test)
    const page = await desktop.page()
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    await expect
      .poll(() => page.evaluate(() => Object.keys(window.feidi ?? {}).sort()))
      .toEqual(['pathOf', 'request', 'subscribe'])
  })

  it('is destroyed when it is closed, which is explained once, and comes back from the tray', async (test) => {
    const desktop = await openDesktop(test, { isNew: true, account: false })
    await (await desktop.page()).locator('main').waitFor()
    await askToClose(desktop)
    await answerBox(desktop, 'Feidi keeps running in the background', 'OK')
    await expect.poll(() => windowCount(desktop)).toBe(0)
    await chooseInTray(desktop, 'open')
    await (await desktop.page()).locator('main').waitFor()
    await closeWindow(desktop)
    await chooseInTray(desktop, 'open')
    await expect.poll(() => windowCount(desktop)).toBe(1)
    await expect.poll(() => boxesOf(desktop)).toHaveLength(1)
  })

  it('comes back when Feidi is started again, or its icon in the dock is clicked', async (test) => {
    const desktop = await openDesktop(test)
    await closeWindow(desktop)
    await desktop.startAgain([], desktop.folder)
    await expect.poll(() => windowCount(desktop)).toBe(1)
    await closeWindow(desktop)
    await desktop.run(({ electron }) => void electron.app.emit('activate'))
    await expect.poll(() => windowCount(desktop)).toBe(1)
  })

  it('is where it was, in the size it had, also after a restart', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const place = { x: 120, y: 80, width: 1_000, height: 640 }
    await desktop.page()
    await desktop.run(({ electron }, bounds) => {
      electron.BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
    }, place)
    await closeWindow(desktop)
    await chooseInTray(desktop, 'open')
    const boundsNow = () => electronBounds(desktop)
    await expect.poll(boundsNow).toEqual(place)
    await desktop.close()
    const next = await desktop.restart()
    await next.page()
    await expect.poll(() => electronBounds(next)).toEqual(place)
  })

  it('is not opened when the system starts Feidi at login', async (test) => {
    const desktop = await openDesktop(test, { argv: ['--hidden'], account: false })
    await expect.poll(() => windowCount(desktop)).toBe(0)
    await chooseInTray(desktop, 'open')
    await (await desktop.page()).locator('main').waitFor()
  })

  it('quits Feidi when it is closed, where the person wants that', async (test) => {
    const desktop = await openDesktop(test, { settings: { closeToTray: false } })
    await desktop.page()
    await askToClose(desktop)
    expect(await desktop.exited).toBe(0)
  })
})

describe('a page that fails', () => {
  const crash = (desktop: Awaited<ReturnType<typeof openDesktop>>) =>
    desktop.run(({ electron }) =>
      electron.BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )

  it('is loaded anew, and explained when it fails again', async (test) => {
    const desktop = await openDesktop(test)
    const page = await desktop.page()
    await page.locator('main').waitFor()
    const loaded = page.waitForEvent('domcontentloaded')
    await crash(desktop)
    await loaded
    await page.locator('main').waitFor()
    await expect.poll(() => boxesOf(desktop)).toEqual([])
    await crash(desktop)
    await answerBox(desktop, "Feidi's window failed again", 'Close Window')
    await expect.poll(() => windowCount(desktop)).toBe(0)
    await chooseInTray(desktop, 'open')
    await (await desktop.page()).locator('main').waitFor()
  })

  it('that does not answer may be loaded anew; the question goes when it answers', async (test) => {
    const desktop = await openDesktop(test)
    const page = await desktop.page()
    const say = (event: string) =>
      desktop.run(({ electron }, name) => {
        electron.BrowserWindow.getAllWindows()[0]?.emit(name)
      }, event)
    await say('unresponsive')
    await say('responsive')
    await expect.poll(() => boxesOf(desktop)).toMatchObject([{ isTakenBack: true }])
    await say('unresponsive')
    const loaded = page.waitForEvent('domcontentloaded')
    await answerBox(desktop, "Feidi's window is not responding", 'Reload')
    await loaded
  })
})

function electronBounds(desktop: Awaited<ReturnType<typeof openDesktop>>) {
  return desktop.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.getBounds())
}
