/** The text of tray, menus, taskbar and badge, and the actions available there. */
import { describe, expect, it } from 'vitest'
import { chooseInMenu, chooseInTray, closeWindow, queue, trayOf } from '../desktop/actions.ts'
import type { DesktopUnderTest } from '../desktop/desktop-under-test.ts'
import { openDesktop } from '../desktop/open-desktop.ts'

const MiB = 1024 * 1024

/** A file of five parts of which the third is on its way and goes no further. */
async function halfSent(test: Parameters<typeof openDesktop>[0]) {
  const desktop = await openDesktop(test, { alwaysInParts: true, blockSizeBytes: MiB })
  const film = await desktop.write('film.mov', 5 * MiB)
  const gate = desktop.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
  await queue(desktop, film)
  await gate.reached
  return { desktop, gate }
}

function menuBar(desktop: DesktopUnderTest) {
  return desktop.run(({ electron }) =>
    electron.Menu.getApplicationMenu()?.items.map(({ label }) => label),
  )
}

describe('the tray', () => {
  it('shows that a file moves, how far it is, and goes on to show when it is paused and done', async (test) => {
    const { desktop, gate } = await halfSent(test)
    await expect
      .poll(() => trayOf(desktop))
      .toMatchObject({
        icon: 'working',
        menu: expect.arrayContaining([expect.stringMatching(/^Uploading [456]\d%$/), 'film.mov']),
      })
    expect((await trayOf(desktop)).toolTip).toMatch(/^Feidi · 0 of 1 file · [23]\.\d MB of 5\.0 MB/)
    const progress = () => desktop.run(({ seen }) => seen.progress)
    // The window is marked once it is in sight.
    await expect.poll(async () => (await progress()).share).toBeGreaterThanOrEqual(0.4)
    await expect.poll(progress).toMatchObject({ mode: 'normal' })
    expect((await progress()).share).toBeLessThan(0.7)
    await chooseInTray(desktop, 'pause-all')
    await expect
      .poll(() => trayOf(desktop))
      .toMatchObject({
        icon: 'paused',
        toolTip: expect.stringContaining('All uploads paused'),
        menu: expect.arrayContaining(['Resume All']),
      })
    await expect.poll(() => desktop.run(({ seen }) => seen.progress.mode)).toBe('paused')
    gate.abandon()
    await chooseInTray(desktop, 'pause-all')
    await expect
      .poll(() => trayOf(desktop))
      .toMatchObject({ icon: 'idle', toolTip: 'Feidi · All uploads finished · 1 uploaded' })
    await expect.poll(() => desktop.run(({ seen }) => seen.progress.share)).toBe(-1)
  })

  it('jumps to the transfer that moves', async (test) => {
    const { desktop, gate } = await halfSent(test)
    await expect.poll(async () => (await trayOf(desktop)).menu).toContain('film.mov')
    const share = () => desktop.run(({ seen }) => seen.progress.share)
    await expect.poll(share).toBeGreaterThan(0)
    await closeWindow(desktop)
    // On the icon of the dock or launcher it would stay for ever.
    await expect.poll(share).toBe(-1)
    const id = await desktop.run(
      ({ seen }) => seen.tray?.menu.find(({ label }) => label === 'film.mov')?.id,
    )
    await chooseInTray(desktop, id ?? '')
    const drawer = (await desktop.page()).getByRole('complementary')
    await drawer.getByRole('heading', { name: 'film.mov' }).waitFor()
    // The new window is marked when it is in sight, which its page does not wait for.
    await expect.poll(share).toBeGreaterThan(0)
    gate.release()
  })

  it('shows what needs the person, with a badge, and leads there', async (test) => {
    const desktop = await openDesktop(test)
    desktop.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'answer', status: 403, code: 1061004 },
    })
    await queue(desktop, await desktop.write('报告.docx', 20_000))
    await expect
      .poll(() => trayOf(desktop))
      .toMatchObject({ icon: 'attention', toolTip: expect.stringContaining('1 needs attention') })
    await expect.poll(() => desktop.run(({ seen }) => seen.badge)).toBe(1)
    await chooseInTray(desktop, 'needs-you')
    const page = await desktop.page()
    await page.getByRole('tab', { name: /Needs attention/, selected: true }).waitFor()
  })

  it('shows that there is no network', async (test) => {
    const desktop = await openDesktop(test)
    await desktop.simulator.close()
    await queue(desktop, await desktop.write('a.txt', 1_000))
    await expect
      .poll(() => trayOf(desktop))
      .toMatchObject({
        icon: 'offline',
        toolTip: expect.stringContaining('Waiting for network'),
      })
  })
})

describe('menus', () => {
  it('speak the language of the person, and change with it at once', async (test) => {
    const desktop = await openDesktop(test, { settings: { language: 'zh-CN' } })
    await expect
      .poll(() => menuBar(desktop))
      .toEqual(expect.arrayContaining(['文件', '编辑', '显示']))
    await expect.poll(async () => (await trayOf(desktop)).menu).toContain('打开飞递')
    const page = await desktop.page()
    const shown = () =>
      desktop.run(({ electron, seen }) => {
        const params = { isEditable: false, selectionText: 'x', editFlags: { canCopy: true } }
        const [window] = electron.BrowserWindow.getAllWindows()
        window?.webContents.emit('context-menu', {}, params)
        const { themeSource } = electron.nativeTheme
        return [seen.about.applicationName, seen.popup.map(({ label }) => label), themeSource]
      })
    await expect.poll(shown).toEqual(['飞递', ['复制'], 'system'])
    await page.evaluate(() =>
      window.feidi?.request('settings.set', { change: { language: 'en', theme: 'dark' } }),
    )
    await expect
      .poll(() => menuBar(desktop))
      .toEqual(expect.arrayContaining(['File', 'Edit', 'View']))
    await expect.poll(shown).toEqual(['Feidi', ['Copy'], 'dark'])
    await expect.poll(async () => (await trayOf(desktop)).menu).toContain('Open Feidi')
  })

  it('follow the system where nothing else is set', async (test) => {
    const desktop = await openDesktop(test, {
      settings: { language: 'system' },
      languages: ['zh-CN', 'en'],
    })
    await expect.poll(() => menuBar(desktop)).toContain('文件')
    await (await desktop.page()).getByRole('heading', { name: '把文件拖到这里' }).waitFor()
  })

  it('lead to the screens, also when the window is closed', async (test) => {
    const desktop = await openDesktop(test)
    await chooseInMenu(desktop, 'history')
    await (await desktop.page()).getByRole('heading', { name: 'History' }).waitFor()
    await closeWindow(desktop)
    await chooseInMenu(desktop, 'settings')
    const page = await desktop.page()
    await page.getByRole('heading', { name: 'General' }).waitFor()
    // A screen in sight is not loaded again, with what a person is typing there.
    await page.evaluate(() => {
      document.title = 'still here'
    })
    await chooseInMenu(desktop, 'settings')
    await chooseInMenu(desktop, 'history')
    await page.getByRole('heading', { name: 'History' }).waitFor()
    await expect.poll(() => page.title()).toBe('still here')
  })
})
