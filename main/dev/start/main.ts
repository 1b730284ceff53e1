/**
 * `npm start`, after a build: the desktop app. Ends with the app's exit code, or with 69 when the app can not be
 * started on this machine.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chooseLanguage } from '#main/cli/settings.ts'
import { type KeyIn, t } from '#shared/text/t.ts'
import { findElectron } from './find-electron.ts'

/** EX_UNAVAILABLE of sysexits.h: something this needs is not there. */
const UNAVAILABLE = 69

async function start(env: NodeJS.ProcessEnv): Promise<number> {
  const electron = findElectron(env)
  if (electron === undefined) return refuse('noElectron')
  const hasScreen = env['DISPLAY'] || env['WAYLAND_DISPLAY']
  if (process.platform === 'linux' && !hasScreen) return refuse('noScreen')
  // A terminal inside another Electron app may say that Electron is to be Node.
  const { ELECTRON_RUN_AS_NODE: _, ...appEnv } = env
  const app = spawn(electron, ['.', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: appEnv,
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal))
  const [code] = (await once(app, 'exit')) as [number | null]
  return code ?? 1
}

function refuse(key: KeyIn<'start'>): number {
  const isWindows = process.platform === 'win32'
  const text = t(chooseLanguage(undefined, process.env), `start.${key}`, {
    mirror: 'https://npmmirror.com/mirrors/electron/',
    set: isWindows ? 'set ' : '',
    and: isWindows ? '&& ' : ' ',
  })
  process.stderr.write(`${text}\n`)
  return UNAVAILABLE
}

process.exitCode = await start(process.env)
