import type { MenuItem, MessageBoxReturnValue, Notification, Tray } from 'electron'

type Electron = typeof import('electron')

/** The parts of Electron that specs and the probe use; the stand-in has them all. */
export type ProbedElectron = Pick<
  Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'Menu'
  | 'nativeImage'
  | 'Notification'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'safeStorage'
  | 'shell'
  | 'Tray'
>

/** The app's requests to the system, and the handles for what a person would operate. */
export interface Seen {
  tray: { tray: Tray; icon: string; toolTip: string; menu: MenuItem[] } | undefined
  readonly notifications: { title: string; body: string; notification: Notification }[]
  readonly boxes: {
    message: string
    detail: string
    buttons: string[]
    isTakenBack: boolean
    answer(response: number): void
  }[]
  readonly errorBoxes: { title: string; text: string }[]
  /** Answers of the next file dialogs; without one they are closed. */
  readonly picks: string[][]
  readonly openedOutside: string[]
  readonly shownInFolder: string[]
  readonly awake: Set<number>
  progress: { share: number; mode: string | undefined }
  badge: number
  isRelaunched: boolean
}

/**
 * Writes down what an Electron is asked to do, and answers dialogs. It is sent as text into the real
 * one's process, so it knows nothing from around it.
 */
export function probe(electron: ProbedElectron): Seen {
  const { app, BrowserWindow, dialog, nativeImage, powerSaveBlocker, shell } = electron
  const seen: Seen = {
    tray: undefined,
    notifications: [],
    boxes: [],
    errorBoxes: [],
    picks: [],
    openedOutside: [],
    shownInFolder: [],
    awake: new Set(),
    progress: { share: -1, mode: undefined },
    badge: 0,
    isRelaunched: false,
  }
  const names = new WeakMap<object, string>()
  const nameOf = (image: unknown) => names.get(image as object) ?? String(image)
  const baseName = (path: string) => path.replace(/^.*[\\/]/, '')

  const { createFromPath } = nativeImage
  nativeImage.createFromPath = (path) => {
    const image = createFromPath(path)
    names.set(image, baseName(path))
    return image
  }

  const tray = electron.Tray.prototype
  const { setImage, setToolTip, setContextMenu } = tray
  const noted = (which: Tray) => {
    seen.tray ??= { tray: which, icon: '', toolTip: '', menu: [] }
    return seen.tray
  }
  tray.setImage = function (image) {
    noted(this).icon = nameOf(image)
    setImage.call(this, image)
  }
  tray.setToolTip = function (text) {
    noted(this).toolTip = text
    setToolTip.call(this, text)
  }
  tray.setContextMenu = function (menu) {
    noted(this).menu = menu?.items ?? []
    setContextMenu.call(this, menu)
  }

  const { show } = electron.Notification.prototype
  electron.Notification.prototype.show = function () {
    seen.notifications.push({ title: this.title, body: this.body, notification: this })
    show.call(this)
  }

  dialog.showMessageBox = async (...args: unknown[]) => {
    const options = args.at(-1) as Electron.MessageBoxOptions
    const { message, detail = '', buttons = [], signal, cancelId = 0 } = options
    return new Promise<MessageBoxReturnValue>((resolve) => {
      const answer = (response: number) => resolve({ response, checkboxChecked: false })
      const box = { message, detail, buttons, isTakenBack: false, answer }
      seen.boxes.push(box)
      signal?.addEventListener('abort', () => {
        box.isTakenBack = true
        answer(cancelId)
      })
    })
  }
  dialog.showErrorBox = (title, text) => void seen.errorBoxes.push({ title, text })
  dialog.showOpenDialog = async () => {
    const filePaths = seen.picks.shift()
    return { canceled: filePaths === undefined, filePaths: filePaths ?? [] }
  }

  shell.openExternal = async (url) => void seen.openedOutside.push(url)
  shell.showItemInFolder = (path) => void seen.shownInFolder.push(path)

  const { start, stop } = powerSaveBlocker
  powerSaveBlocker.start = (type) => {
    const id = start.call(powerSaveBlocker, type)
    seen.awake.add(id)
    return id
  }
  powerSaveBlocker.stop = (id) => {
    seen.awake.delete(id)
    return stop.call(powerSaveBlocker, id)
  }

  const { setProgressBar } = BrowserWindow.prototype
  BrowserWindow.prototype.setProgressBar = function (share, options) {
    seen.progress = { share, mode: options?.mode }
    setProgressBar.call(this, share, options)
  }
  const setBadgeCount = app.setBadgeCount.bind(app)
  app.setBadgeCount = (count) => {
    seen.badge = count ?? 0
    return setBadgeCount(count)
  }
  app.relaunch = () => {
    seen.isRelaunched = true
  }
  return seen
}
