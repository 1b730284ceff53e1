/** The start of the desktop app, up to where everything is there: `desktop.ts` runs it from then on. */
import { join } from 'node:path'
import { lookAtHome } from '#main/app/look-at-home.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { makePrivateFolder } from '#main/lib/private-files.ts'
import { resolveHome } from '#main/lib/resolve-home.ts'
import { findRenderer } from '#main/lib/static-files.ts'
import { type Language, languageFor } from '#shared/text/language.ts'
import { APP_SCHEME, pageOrigin } from './app-protocol.ts'
import { filesOfCommandLine, orderOf, startsHidden } from './command-line.ts'
import { type Arrival, Desktop, type DesktopOptions } from './desktop.ts'
import type { ShellElectron, ShellProcess } from './electron-parts.ts'
import { explainStart } from './questions.ts'
import { findIcons } from './shell-icons.ts'

export interface ShellParts {
  readonly electron: ShellElectron
  readonly process: ShellProcess
  /** electron-store, for the settings. */
  readonly openConf: DesktopOptions['openConf']
  /** The folder with the metadata of releases. */
  readonly updateFeed?: string | undefined
  readonly updates?: DesktopOptions['updates']
  /** Our own file, which a development Electron gets as an argument. */
  readonly entry: string
  readonly preload: string
  readonly rendererFolder?: string | undefined
  readonly iconFolder?: string
}

/**
 * As installers name it, and remove it again (`build/windows/installer.nsh`). Windows shows notifications
 * only of programs it knows by it. Electron makes a shortcut with it, and names in the registry what a
 * click on a notification starts: what is developed here must not take the place of the installed Feidi.
 */
const WINDOWS_ID = {
  installed: {
    app: 'app.feidi.desktop',
    toastActivator: '{6D1A4C0E-2B57-4F0B-9C1E-7B0F5A3E8D42}',
  },
  developed: {
    app: 'app.feidi.desktop.dev',
    toastActivator: '{6D1A4C0E-2B57-4F0B-9C1E-7B0F5A3E8D43}',
  },
} as const

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
    explainStart(electron.dialog, systemLanguageOf(app), error)
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
    language = systemLanguageOf(app)
    const desktop = await Desktop.open({
      ...parts,
      origin,
      rendererFolder: parts.rendererFolder ?? findRenderer(),
      iconFolder: parts.iconFolder ?? findIcons(),
      home,
      log,
      systemLanguage: language,
    })
    desktop.start(early.take((arrival) => desktop.arrived(arrival)))
  } catch (error) {
    // A window in which nothing works is not shown.
    log.scope('shell').error('start', { error })
    explainStart(electron.dialog, language, error)
    app.exit(1)
  }
}

/** @returns false when Feidi is running already; it has been told of our command line then */
function claim({ electron, process }: ShellParts, home: string): boolean {
  const { app, crashReporter, protocol } = electron
  // Chromium keeps its files here, and with them the lock: one running Feidi for each home.
  const profile = join(home, 'chromium')
  makePrivateFolder(profile)
  app.setPath('userData', profile)
  // Dumps stay in that folder, for the person to hand over.
  crashReporter.start({ uploadToServer: false })
  if (process.platform === 'win32') {
    const id = WINDOWS_ID[app.isPackaged ? 'installed' : 'developed']
    app.setAppUserModelId(id.app)
    app.setToastActivatorCLSID(id.toastActivator)
  }
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
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
  const read = (argv: readonly string[], workingDirectory: string): Arrival => ({
    paths: filesOfCommandLine({
      argv,
      workingDirectory,
      entry: app.isPackaged ? undefined : entry,
    }),
    order: orderOf(argv),
  })
  const { order, paths } = read(process.argv, process.cwd())
  const found = { order, paths: [...paths] }
  let onArrival = (arrival: Arrival): void => {
    found.paths.push(...arrival.paths)
    found.order ??= arrival.order
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    onArrival({ paths: [path] })
  })
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const arrival = read(argv, workingDirectory)
    const isForUs = arrival.paths.length > 0 || arrival.order !== undefined
    if (isForUs || !startsHidden(argv)) onArrival(arrival)
  })
  return {
    /** @returns what came so far; what comes later is told, also that a window is wanted and no more */
    take(next: (arrival: Arrival) => void): Arrival {
      onArrival = next
      return found
    },
  }
}
