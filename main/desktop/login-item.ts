import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from '#main/lib/private-files.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { LANGUAGES } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { HIDDEN_FLAG } from './command-line.ts'
import type { ShellApp } from './electron-parts.ts'

export interface LoginItem {
  /** As the system has it: people switch it off there, too. */
  isOn(): boolean
  /** @throws TransferError `login-item-approval`, and on Linux the error of the file system */
  set(on: boolean): void
}

export interface LoginItemOptions {
  readonly app: ShellApp
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly execPath: string
}

/** Starting with the session, hidden in the tray. */
export function loginItem({ app, platform, env, execPath }: LoginItemOptions): LoginItem {
  if (platform === 'linux') {
    const config = env['XDG_CONFIG_HOME'] || join(homedir(), '.config')
    // An AppImage runs from a mount that is gone after the next start; the file itself stays.
    return autostartFile(join(config, 'autostart'), env['APPIMAGE'] || execPath)
  }
  return platform === 'win32' ? windowsItem(app, env) : macItem(app)
}

/** A value of the registry, beside which Task Manager keeps whether it is switched off there. */
function windowsItem(app: ShellApp, env: LoginItemOptions['env']): LoginItem {
  // A portable program unpacks itself into another folder each time.
  const path = env['PORTABLE_EXECUTABLE_FILE']
  const item = { args: [HIDDEN_FLAG], ...(path !== undefined && { path }) }
  return {
    isOn: () => app.getLoginItemSettings(item).executableWillLaunchAtLogin,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...item }),
  }
}

/** macOS decides: it only logs why it did not take the setting. */
function macItem(app: ShellApp): LoginItem {
  return {
    isOn: () => app.getLoginItemSettings().openAtLogin,
    set(openAtLogin) {
      app.setLoginItemSettings({ openAtLogin })
      const { openAtLogin: isOn, status } = app.getLoginItemSettings()
      if (isOn === openAtLogin) return
      if (status === 'requires-approval') throw new TransferError('login-item-approval')
      throw new TransferError('login-item-failed', { detail: status })
    },
  }
}

/** Written by desktops where the person switches a program off: the second by GNOME's tools. */
const SWITCHED_OFF = /^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m

/** Desktops on Linux start what has a file there (the XDG Desktop Application Autostart specification). */
function autostartFile(folder: string, program: string): LoginItem {
  const file = join(folder, 'app.feidi.Feidi.desktop')
  return {
    isOn: () => existsSync(file) && !SWITCHED_OFF.test(readFileSync(file, 'utf8')),
    set(on) {
      if (!on) {
        rmSync(file, { force: true })
        return
      }
      makeFolder(folder)
      writeFileSync(file, desktopEntry(program))
    },
  }
}

function desktopEntry(program: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${t('en', 'desktop.appName')}`,
    ...LANGUAGES.filter((language) => language !== 'en').map(
      (language) => `Name[${language.replace('-', '_')}]=${t(language, 'desktop.appName')}`,
    ),
    'Icon=feidi',
    // The entry stays behind when the package is removed; nothing is started without the program.
    `TryExec=${program.replaceAll('\\', '\\\\')}`,
    `Exec=${quoted(program)} ${HIDDEN_FLAG}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** As the Desktop Entry specification quotes an argument of `Exec`; the value itself escapes `\` once more. */
function quoted(text: string): string {
  const argument = text.replace(/["`$\\]/g, (character) => `\\${character}`)
  return `"${argument.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`
}
