/**
 * `npm start`, after a build: the desktop app. Ends with the app's exit code, or with 69 when the app can not be
 * started on this machine.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chooseLanguage } from '#main/cli/settings.ts'
import { findElectron } from './find-electron.ts'
import { WORDS } from './words.ts'

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

function refuse(key: keyof typeof WORDS): number {
  const isWindows = process.platform === 'win32'
  const text = WORDS[key][chooseLanguage(undefined, process.env)]
    .replaceAll('{set}', isWindows ? 'set ' : '')
    .replaceAll('{and}', isWindows ? '&& ' : ' ')
  process.stderr.write(`${text}\n`)
  return UNAVAILABLE
}

process.exitCode = await start(process.env)
