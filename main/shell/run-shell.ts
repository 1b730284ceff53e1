/** The start of the desktop app, up to where everything is there: `desktop.ts` runs it from then on. */
import { join } from 'node:path'
import { findRenderer } from '#main/host/static-files.ts'
import { openLog } from '#main/log/open-log.ts'
import { resolveHome } from '#main/store/home.ts'
import type { OpenConf } from '#main/store/settings-file.ts'
import type { Language } from '#shared/errors/catalogue-entry.ts'
import { APP_SCHEME } from './app-protocol.ts'
import { filesOfCommandLine } from './command-line.ts'
import { Desktop } from './desktop.ts'
import type { ShellElectron, ShellProcess } from './electron-parts.ts'
import { lockDown } from './lock-down.ts'
import { Questions } from './questions.ts'
import { findIcons } from './shell-icons.ts'

export interface ShellParts {
  readonly electron: ShellElectron
  readonly process: ShellProcess
  /** electron-store, for the settings. */
  readonly openConf: OpenConf
  /** Our own file, which a development Electron gets as an argument. */
  readonly entry: string
  readonly preload: string
  readonly rendererFolder?: string | undefined
  readonly iconFolder?: string
}

/** As installers name it; Windows shows notifications only of programs it knows by it. */
const APP_ID = 'app.feidi.desktop'

/** Runs the app; resolves when its window, or its icon in the tray, is there. */
export async function runShell(parts: ShellParts): Promise<void> {
  const { electron, process } = parts
  const { app, protocol } = electron
  const home = resolveHome({ env: process.env })
  // Chromium keeps its files here, and with them the lock: one running Feidi for each home.
  app.setPath('userData', join(home, 'chromium'))
  app.setAppUserModelId(APP_ID)
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  lockDown(electron)
  const early = collectEarly(parts)
  await app.whenReady()
  const systemLanguage = systemLanguageOf(app)
  const log = openLog(home)
  try {
    const desktop = await Desktop.open({
      ...parts,
      rendererFolder: parts.rendererFolder ?? findRenderer(),
      iconFolder: parts.iconFolder ?? findIcons(),
      entry: app.isPackaged ? undefined : parts.entry,
      home,
      log,
      systemLanguage,
    })
    desktop.start(early.take((paths) => desktop.offer(paths)))
  } catch (error) {
    // Nobody sees a window in which nothing works.
    log.scope('shell').error('start', { error })
    new Questions(electron.dialog, () => systemLanguage).explain(error, Date.now())
    app.exit(1)
  }
}

function systemLanguageOf(app: ShellElectron['app']): Language {
  const [first] = app.getPreferredSystemLanguages()
  return (first ?? app.getLocale()).toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/**
 * Files that come before anybody can take them: those of our own command line, and on macOS those
 * dropped on the icon in the dock, which are told one by one and even before the app is ready.
 */
function collectEarly({ electron, process, entry }: ShellParts) {
  const { app } = electron
  const found = filesOfCommandLine({
    argv: process.argv,
    workingDirectory: process.cwd(),
    entry: app.isPackaged ? undefined : entry,
  })
  let onPaths = (paths: readonly string[]): void => {
    found.push(...paths)
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    onPaths([path])
  })
  return {
    /** @returns what came so far; what comes later is told */
    take(next: (paths: readonly string[]) => void): readonly string[] {
      onPaths = next
      return found
    },
  }
}
