/** The start of the desktop app, up to where everything is there: `desktop.ts` runs it from then on. */
import { join } from 'node:path'
import { lookAtHome } from '#main/app/look-at-home.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { makePrivateFolder } from '#main/lib/private-files.ts'
import { resolveHome } from '#main/lib/resolve-home.ts'
import { findRenderer } from '#main/lib/static-files.ts'
import { type Language, languageFor } from '#shared/text/language.ts'
import { APP_SCHEME, pageOrigin } from './app-protocol.ts'
import { filesOfCommandLine, startsHidden } from './command-line.ts'
import { Desktop, type DesktopOptions } from './desktop.ts'
import type { ShellElectron, ShellProcess } from './electron-parts.ts'
import { lockDown } from './lock-down.ts'
import { Questions } from './questions.ts'
import { findIcons } from './shell-icons.ts'

export interface ShellParts {
  readonly electron: ShellElectron
  readonly process: ShellProcess
  /** electron-store, for the settings. */
  readonly openConf: DesktopOptions['openConf']
  /** Our own file, which a development Electron gets as an argument. */
  readonly entry: string
  readonly preload: string
  readonly rendererFolder?: string | undefined
  readonly iconFolder?: string
}

/** As installers name it; Windows shows notifications only of programs it knows by it. */
const APP_ID = 'app.feidi.desktop'

/**
 * Runs the app; resolves when its window, or its icon in the tray, is there. Whatever has to happen before
 * the app is ready happens before the first `await`.
 */
export async function runShell(parts: ShellParts): Promise<void> {
  const { electron, process } = parts
  const { app } = electron
  const home = resolveHome({ env: process.env })
  try {
    lookAtHome(home, { make: true })
  } catch (error) {
    await app.whenReady()
    new Questions(electron.dialog, () => systemLanguageOf(app)).explain(error, Date.now())
    app.exit(1)
    return
  }
  const log = openLog(home)
  let language: Language = 'en'
  try {
    if (!claim(parts, home)) {
      app.quit()
      return
    }
    const early = collectEarly(parts)
    await app.whenReady()
    const origin = pageOrigin(app.isPackaged, process.env['ELECTRON_RENDERER_URL'])
    lockDown(electron, origin)
    language = systemLanguageOf(app)
    const desktop = await Desktop.open({
      ...parts,
      origin,
      rendererFolder: parts.rendererFolder ?? findRenderer(),
      iconFolder: parts.iconFolder ?? findIcons(),
      entry: app.isPackaged ? undefined : parts.entry,
      home,
      log,
      systemLanguage: language,
    })
    desktop.start(early.take((paths) => desktop.offer(paths)))
  } catch (error) {
    // A window in which nothing works is not shown.
    log.scope('shell').error('start', { error })
    new Questions(electron.dialog, () => language).explain(error, Date.now())
    app.exit(1)
  }
}

/** @returns false when Feidi is running already; it has been told of our command line then */
function claim({ electron, process }: ShellParts, home: string): boolean {
  const { app, protocol } = electron
  // Chromium keeps its files here, and with them the lock: one running Feidi for each home.
  const profile = join(home, 'chromium')
  makePrivateFolder(profile)
  app.setPath('userData', profile)
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  return app.requestSingleInstanceLock()
}

function systemLanguageOf(app: ShellElectron['app']): Language {
  const [first] = app.getPreferredSystemLanguages()
  return languageFor(first ?? app.getLocale())
}

/**
 * Files that come before anybody can take them: those of our own command line and of a second start, and
 * on macOS those dropped on the icon in the dock, which are told one by one.
 */
function collectEarly({ electron, process, entry }: ShellParts) {
  const { app } = electron
  const filesOf = (argv: readonly string[], workingDirectory: string) =>
    filesOfCommandLine({ argv, workingDirectory, entry: app.isPackaged ? undefined : entry })
  const found = filesOf(process.argv, process.cwd())
  let onPaths = (paths: readonly string[]): void => {
    found.push(...paths)
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    onPaths([path])
  })
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const paths = filesOf(argv, workingDirectory)
    if (paths.length > 0 || !startsHidden(argv)) onPaths(paths)
  })
  return {
    /** @returns what came so far; what comes later is told, also that a window is wanted and no more */
    take(next: (paths: readonly string[]) => void): readonly string[] {
      onPaths = next
      return found
    },
  }
}
