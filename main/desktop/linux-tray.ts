import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ShellProcess } from './electron-parts.ts'

const run = promisify(execFile)

const LONGEST_ANSWER_MS = 2_000

const WATCHER = 'org.kde.StatusNotifierWatcher'
const QUESTION = [
  ...['call', '--session', '--dest', WATCHER, '--object-path', '/StatusNotifierWatcher'],
  ...['--method', 'org.freedesktop.DBus.Properties.Get', WATCHER, 'IsStatusNotifierHostRegistered'],
]

/**
 * Tells whether the desktop shows tray icons. GNOME and Wayland show none but those of a
 * StatusNotifierHost (an extension in GNOME), and Electron does not say when there is none.
 */
export async function showsTray({
  platform,
  env,
}: Pick<ShellProcess, 'platform' | 'env'>): Promise<boolean> {
  if (platform !== 'linux') return true
  const isGnome = /gnome/i.test(env['XDG_CURRENT_DESKTOP'] ?? '')
  if (!isGnome && env['XDG_SESSION_TYPE'] !== 'wayland') return true
  try {
    const { stdout } = await run('gdbus', QUESTION, { env, timeout: LONGEST_ANSWER_MS })
    return stdout.includes('true')
  } catch (error) {
    // Without the program that asks it is not known.
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
