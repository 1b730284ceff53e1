/** The desktop app on each system, where systems differ. None of these needs a page. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { answerBox, askToClose, chooseInTray, clickTray, windowCount } from '../desktop/actions.ts'
import { openDesktop } from '../desktop/open-desktop.ts'

const HIDDEN = { argv: ['--hidden'], account: false } as const

describe('macOS', () => {
  it('shows the menu when its icon is clicked, and no window', async (test) => {
    const desktop = await openDesktop(test, { platform: 'darwin', ...HIDDEN })
    await clickTray(desktop)
    await expect.poll(() => windowCount(desktop)).toBe(0)
    const inDock = ['Pause All', 'Add Files…', 'Needs Attention']
    await expect.poll(() => desktop.run(({ seen }) => seen.dockMenu)).toEqual(inDock)
    await chooseInTray(desktop, 'open')
    await expect.poll(() => windowCount(desktop)).toBe(1)
  })

  it('asks in a window, which is opened for it', async (test) => {
    const desktop = await openDesktop(test, { platform: 'darwin', ...HIDDEN })
    await desktop.throwUncaught('what nobody thought of')
    await answerBox(desktop, 'Feidi ran into a problem', 'Continue')
    await expect.poll(() => windowCount(desktop)).toBe(1)
  })

  it('explains that Feidi keeps running, also where notifications are refused', async (test) => {
    const system = { notifications: 'refused' } as const
    const options = { platform: 'darwin', system, isNew: true, account: false } as const
    const desktop = await openDesktop(test, options)
    await askToClose(desktop)
    await answerBox(desktop, 'Feidi keeps running in the background', 'OK')
    await expect.poll(() => windowCount(desktop)).toBe(0)
  })
})

describe('Windows', () => {
  it('opens the window for a click on a notice that nobody remembers', async (test) => {
    const desktop = await openDesktop(test, { platform: 'win32', system: {}, ...HIDDEN })
    await desktop.run(({ electron }) => void new electron.Notification({}).emit('click', {}))
    await expect.poll(() => windowCount(desktop)).toBe(1)
  })

  it('is asked before it shuts down, and may change its mind', async (test) => {
    const desktop = await openDesktop(test, { platform: 'win32', account: false })
    const tell = (event: string) =>
      desktop.run(({ electron }, name) => {
        electron.BrowserWindow.getAllWindows()[0]?.emit(name, {})
      }, event)
    await tell('query-session-end')
    await expect.poll(() => windowCount(desktop)).toBe(1)
    await tell('session-end')
    expect(await desktop.exited).toBe(0)
  })

  it('offers actions on the icon in the taskbar', async (test) => {
    const desktop = await openDesktop(test, { platform: 'win32', system: {}, account: false })
    const offered = () =>
      desktop.run(({ seen }) => ({
        buttons: seen.thumbButtons.map(({ name }) => name),
        tasks: seen.tasks,
      }))
    const add = { title: 'Add Files…', arguments: '--add-files' }
    await expect.poll(offered).toEqual({
      buttons: ['Pause All', 'Add Files…'],
      tasks: [add, { title: 'Pause All', arguments: '--pause-all' }],
    })
    await desktop.startAgain(['--pause-all'], desktop.folder)
    await expect.poll(offered).toEqual({
      buttons: ['Resume All', 'Add Files…'],
      tasks: [add, { title: 'Resume All', arguments: '--resume-all' }],
    })
    await desktop.run(({ seen }) => seen.thumbButtons[0]?.click())
    await expect.poll(async () => (await offered()).buttons).toContain('Pause All')
  })

  it('knows what is developed by another name than what is installed', async (test) => {
    const options = { platform: 'win32', ...HIDDEN } as const
    const installed = await openDesktop(test, { ...options, system: {} })
    const developed = await openDesktop(test, { ...options, system: { isDeveloped: true } })
    const idsOf = (desktop: typeof installed) => desktop.run(({ seen }) => seen.windowsIds)
    const [app, activator = ''] = await idsOf(installed)
    const [otherApp, otherActivator = ''] = await idsOf(developed)
    expect([app, otherApp]).toEqual(['app.feidi.desktop', 'app.feidi.desktop.dev'])
    const uninstaller = await readFile('main/desktop/build/windows/installer.nsh', 'utf8')
    expect(activator).toMatch(/^\{[-0-9A-F]{36}\}$/)
    expect(uninstaller).toContain(activator)
    expect(uninstaller).not.toContain(otherActivator)
  })
})

describe.skipIf(process.platform === 'win32')('Linux', () => {
  it('without a tray ends when its window is closed', async (test) => {
    const bus = await makeProgram(test, 'gdbus', 'exit 1')
    const env = { XDG_CURRENT_DESKTOP: 'GNOME', PATH: dirname(bus) }
    const options = { platform: 'linux', system: {}, account: false } as const
    const desktop = await openDesktop(test, { ...options, env })
    await askToClose(desktop)
    expect(await desktop.exited).toBe(0)
  })

  it('starts an AppImage again by its file', async (test) => {
    const APPIMAGE = await makeProgram(test, 'Feidi.AppImage', 'echo "with $#" > "$0.started"')
    const options = { platform: 'linux', system: {}, ...HIDDEN } as const
    const desktop = await openDesktop(test, { ...options, env: { APPIMAGE } })
    await desktop.throwUncaught('what nobody thought of')
    await answerBox(desktop, 'Feidi ran into a problem', 'Restart')
    expect(await desktop.exited).toBe(0)
    const trace = () => readFile(`${APPIMAGE}.started`, 'utf8').catch(() => '')
    await expect.poll(trace).toBe('with 0\n')
  })
})

/** Returns the path of a program that a shell runs. */
async function makeProgram(test: TestContext, name: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'feidi-program-'))
  test.onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}

it('starts again without the files and flags of this start', async (test) => {
  const env = { PORTABLE_EXECUTABLE_FILE: 'D:\\Feidi.exe' }
  const desktop = await openDesktop(test, { platform: 'win32', system: {}, ...HIDDEN, env })
  await desktop.throwUncaught('what nobody thought of')
  await answerBox(desktop, 'Feidi ran into a problem', 'Restart')
  expect(await desktop.exited).toBe(0)
  await expect
    .poll(() => desktop.run(({ seen }) => seen.relaunch))
    .toEqual({
      args: [],
      execPath: 'D:\\Feidi.exe',
    })
})
