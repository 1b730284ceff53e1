import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ShellApp } from '#main/desktop/electron-parts.ts'
import { loginItem } from '#main/desktop/login-item.ts'

type Settings = Parameters<ShellApp['setLoginItemSettings']>[0]

describe('starting at login', () => {
  it('is a file of the desktop on Linux, with the program quoted', async (test) => {
    const config = await mkdtemp(join(tmpdir(), 'feidi-config-'))
    test.onTestFinished(() => rm(config, { recursive: true, force: true }))
    const item = loginItem({
      app: {} as ShellApp,
      platform: 'linux',
      env: { XDG_CONFIG_HOME: config },
      execPath: '/opt/My "100%" Apps/$feidi',
    })
    const file = join(config, 'autostart', 'app.feidi.Feidi.desktop')
    expect(item.isOn()).toBe(false)
    item.set(true)
    expect(item.isOn()).toBe(true)
    const entry = await readFile(file, 'utf8')
    expect(entry).toContain('\nExec="/opt/My \\\\"100%%\\\\" Apps/\\\\$feidi" --hidden\n')
    // Once the package is removed, desktops stop trying.
    expect(entry).toContain('\nTryExec=/opt/My "100%" Apps/$feidi\n')
    // As settings of desktops switch it off.
    await writeFile(file, `${entry}Hidden=true\n`)
    expect(item.isOn()).toBe(false)
    await writeFile(file, entry.replace('Autostart-enabled=true', 'Autostart-enabled=false'))
    expect(item.isOn()).toBe(false)
    item.set(false)
    item.set(false)
    expect(item.isOn()).toBe(false)
  })

  it('of an AppImage starts the image, not what it is mounted as', async (test) => {
    const config = await mkdtemp(join(tmpdir(), 'feidi-config-'))
    test.onTestFinished(() => rm(config, { recursive: true, force: true }))
    const env = { XDG_CONFIG_HOME: config, APPIMAGE: '/home/lin/Feidi.AppImage' }
    loginItem({ app: {} as ShellApp, platform: 'linux', env, execPath: '/tmp/.mount/feidi' }).set(
      true,
    )
    const text = await readFile(join(config, 'autostart', 'app.feidi.Feidi.desktop'), 'utf8')
    expect(text).toContain('Exec="/home/lin/Feidi.AppImage" --hidden')
  })

  it.each(['win32', 'darwin'] as const)('is the system’s own on %s', (platform) => {
    let stored: Settings = {}
    const app = {
      setLoginItemSettings: (settings: Settings) => {
        stored = settings
      },
      getLoginItemSettings: () => ({ openAtLogin: stored.openAtLogin ?? false }),
    } as unknown as ShellApp
    const item = loginItem({ app, platform, env: {}, execPath: '' })
    item.set(true)
    expect(stored).toEqual({ openAtLogin: true, args: ['--hidden'] })
    expect(item.isOn()).toBe(true)
  })
})
