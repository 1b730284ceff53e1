/** The desktop app: one window on the queue. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, session } from 'electron'
import { resolveHome } from '#main/store/home.ts'
import { handleIpc } from './handle-ipc.ts'

const PAGE_URL = pathToFileURL(join(import.meta.dirname, '../../renderer/index.html')).href

function openWindow(): BrowserWindow {
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
  // The page is ours and stays ours: it opens nothing and goes nowhere.
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  void window.loadURL(PAGE_URL)
  return window
}

if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  await app.whenReady()
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
    answer(false),
  )
  handleIpc(resolveHome({ env: process.env }), (event) => event.senderFrame?.url === PAGE_URL)
  openWindow()
}
