import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { chooseLanguage } from '#main/cli/settings.ts'
import { type KeyIn, t } from '#shared/text/t.ts'
import { findElectron } from './find-electron.ts'
import { sandboxHelper, sandboxTrouble } from './sandbox.ts'

/** EX_UNAVAILABLE of sysexits.h: something this needs is not there. */
export const UNAVAILABLE = 69

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Returns the path of an Electron that can start here; says why and returns `undefined` otherwise. */
export function readyElectron(args: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const electron = findElectron(env)
  if (electron === undefined) return refuse('noElectron')
  if (process.platform !== 'linux') return electron
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return refuse('noScreen')
  const trouble = sandboxTrouble(electron, args)
  return trouble === undefined ? electron : refuse(trouble, sandboxHelper(electron))
}

/** Runs the app and returns its exit code; says so when it dies of a signal that was not passed on to it. */
export async function runElectron(
  electron: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  // A terminal inside another Electron app may say that Electron is to be Node.
  const { ELECTRON_RUN_AS_NODE: _, ...appEnv } = env
  const app = spawn(electron, args, { stdio: 'inherit', env: appEnv })
  let isAsked = false
  const pass = (signal: NodeJS.Signals) => {
    isAsked = true
    app.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, pass)
  const [code, signal] = (await once(app, 'exit')) as [number | null, NodeJS.Signals | null]
  for (const each of SIGNALS) process.off(each, pass)
  if (signal === null) return code ?? 1
  if (!isAsked) say('killed', '', signal)
  // As a shell says it.
  return 128 + constants.signals[signal]
}

function refuse(key: KeyIn<'start'>, helper = ''): undefined {
  say(key, helper)
}

function say(key: KeyIn<'start'>, helper: string, signal = ''): void {
  const isWindows = process.platform === 'win32'
  const text = t(chooseLanguage(undefined, process.env), `start.${key}`, {
    mirror: 'https://npmmirror.com/mirrors/electron/',
    set: isWindows ? 'set ' : '',
    and: isWindows ? '&& ' : ' ',
    helper: `'${helper.replaceAll("'", "'\\''")}'`,
    signal,
  })
  process.stderr.write(`${text}\n`)
}
