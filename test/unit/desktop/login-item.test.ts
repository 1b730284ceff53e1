import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ShellApp } from '#main/desktop/electron-parts.ts'
import { loginItem } from '#main/desktop/login-item.ts'
import { StandInApp } from '#test/desktop/stand-in/app.ts'

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

  function onSystem(platform: 'win32' | 'darwin', env: Record<string, string> = {}) {
    const app = new StandInApp({
      ...{ platform, argv: [], workingDirectory: '/', languages: ['en'] },
      ...{ isPackaged: true, system: {} },
    })
    const item = loginItem({ app: app as unknown as ShellApp, platform, env, execPath: '' })
    return { item, system: app.loginItem }
  }

  it.each(['win32', 'darwin'] as const)('is the system’s own on %s', (platform) => {
    const { item, system } = onSystem(platform)
    expect(item.isOn()).toBe(false)
    item.set(true)
    expect(item.isOn()).toBe(true)
    expect(system.isRegistered).toBe(true)
    item.set(false)
    expect(item.isOn()).toBe(false)
  })

  it('is hidden on Windows, and off when Task Manager says so, until it is set again', () => {
    const { item, system } = onSystem('win32')
    item.set(true)
    expect(system.args).toEqual(['--hidden'])
    system.isSwitchedOff = true
    expect(item.isOn()).toBe(false)
    item.set(true)
    expect(item.isOn()).toBe(true)
  })

  it('of a portable program starts the file that the person has', () => {
    const { item, system } = onSystem('win32', { PORTABLE_EXECUTABLE_FILE: 'D:\\Feidi.exe' })
    item.set(true)
    expect(system.path).toBe('D:\\Feidi.exe')
    expect(item.isOn()).toBe(true)
  })

  it('that macOS wants approved is not on, and says where to do that', () => {
    const { item, system } = onSystem('darwin')
    system.isSwitchedOff = true
    expect(() => item.set(true)).toThrow(expect.objectContaining({ code: 'login-item-approval' }))
    expect(item.isOn()).toBe(false)
    expect(() => item.set(false)).not.toThrow()
  })
})
