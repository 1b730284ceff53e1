/** The desktop app: one window on the queue, with the engine behind it. */
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  protocol,
  safeStorage,
  session,
  shell,
} from 'electron'
import { findRenderer, staticFiles } from '#main/host/static-files.ts'
import { logProcessFaults } from '#main/log/log-process-faults.ts'
import { openLog } from '#main/log/open-log.ts'
import { resolveHome } from '#main/store/home.ts'
import { explain } from '#shared/errors/explain.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import { APP_ORIGIN, APP_SCHEME, answerAppRequest, isAppUrl } from './app-protocol.ts'
import { handleIpc, type Sender } from './handle-ipc.ts'
import { keychainBox } from './keychain-box.ts'
import { type DesktopHost, openDesktopHost } from './open-host.ts'
import { mayOpenOutside } from './outside-links.ts'

/** Calls in flight may come back for so long when the person quits. */
const STOP_GRACE_MS = 1_000

let desktop: DesktopHost | undefined

/** Only the page itself, never a frame in it. */
function isTrusted({ senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url)
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 1100,
    height: 720,
    minWidth: 900,
    minHeight: 600,
    title: '飞递 Feidi',
    webPreferences: {
      preload: join(import.meta.dirname, '../../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  })
  // The page is ours and stays ours: it opens nothing and goes nowhere, but for links to Feishu.
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  void window.loadURL(`${APP_ORIGIN}/`)
}

async function pick(kind: 'files' | 'folder'): Promise<string[] | null> {
  const property = kind === 'files' ? ('openFile' as const) : ('openDirectory' as const)
  const chosen = await dialog.showOpenDialog({ properties: [property, 'multiSelections'] })
  return chosen.canceled ? null : chosen.filePaths
}

/** Nobody sees a window in which nothing works. */
function explainAndQuit(error: unknown): void {
  const known = error instanceof TransferError ? error : new TransferError('internal')
  const language = app.getLocale().startsWith('zh') ? 'zh-CN' : 'en'
  const { message, remedy } = explain(errorInfo(known, Date.now()), language, { final: true })
  dialog.showErrorBox(message, remedy)
  app.exit(1)
}

async function start(): Promise<void> {
  const files = staticFiles(findRenderer())
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(files, request))
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
    answer(false),
  )
  session.defaultSession.setPermissionCheckHandler(() => false)
  const home = resolveHome({ env: process.env })
  const log = openLog(home)
  logProcessFaults(log.scope)
  // Electron goes on after a rejection that nobody handles; what it was about must not be lost.
  process.on('unhandledRejection', (error) =>
    log.scope('process').error('unhandledRejection', { error }),
  )
  desktop = await openDesktopHost({
    home,
    log,
    version: app.getVersion(),
    systemLanguage: app.getLocale().startsWith('zh') ? 'zh-CN' : 'en',
    secrets: keychainBox(safeStorage),
    pick,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    reveal: async (path) => shell.showItemInFolder(path),
    onFault: (what, error) => process.stderr.write(`feidi: ${what}: ${String(error)}\n`),
  })
  handleIpc({ ipcMain, host: desktop.host, isTrusted, nowMs: Date.now })
  openWindow()
}

function quitCleanly(event: Electron.Event): void {
  const closing = desktop
  if (closing === undefined) return
  // The window is gone by now; what is acknowledged has to be on disk before the process is.
  event.preventDefault()
  desktop = undefined
  void closing.close(STOP_GRACE_MS).finally(() => app.quit())
}

if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', quitCleanly)
  await app.whenReady()
  await start().catch(explainAndQuit)
}
