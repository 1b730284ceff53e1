import type {
  BaseWindow,
  MenuItem,
  MessageBoxReturnValue,
  Notification,
  RelaunchOptions,
  Tray,
} from 'electron'

type Electron = typeof import('electron')

/** The parts of Electron that specs and the probe use; the stand-in has them all. */
export type ProbedElectron = Pick<
  Electron,
  | 'app'
  | 'BrowserWindow'
  | 'clipboard'
  | 'dialog'
  | 'Menu'
  | 'nativeImage'
  | 'nativeTheme'
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
  readonly fileDialogs: { folder: string | undefined; hasParent: boolean }[]
  /** The items of the last menu that popped up. */
  popup: MenuItem[]
  readonly openedOutside: string[]
  readonly copied: string[]
  /** By which Windows knows the program, and what a click on its notices starts. */
  readonly windowsIds: string[]
  readonly shownInFolder: string[]
  readonly awake: Set<number>
  progress: { share: number; mode: string | undefined }
  badge: number
  /** On the window's button in the taskbar of Windows. */
  overlay: string
  thumbButtons: { name: string; click(): void }[]
  tasks: { title: string; arguments: string }[]
  /** The items that macOS adds to the menu of the icon in the dock. */
  dockMenu: string[]
  about: Electron.AboutPanelOptionsOptions
  relaunch: RelaunchOptions | undefined
}

/**
 * Writes down what an Electron is asked to do, and answers dialogs. It is sent as text into the real
 * one's process, so it knows nothing from around it.
 */
export function probe(electron: ProbedElectron, platform: NodeJS.Platform): Seen {
  const { app, BrowserWindow, dialog, nativeImage, powerSaveBlocker, shell } = electron
  const seen: Seen = {
    tray: undefined,
    notifications: [],
    boxes: [],
    errorBoxes: [],
    picks: [],
    fileDialogs: [],
    popup: [],
    openedOutside: [],
    copied: [],
    windowsIds: [],
    shownInFolder: [],
    awake: new Set(),
    progress: { share: -1, mode: undefined },
    badge: 0,
    overlay: '',
    thumbButtons: [],
    tasks: [],
    dockMenu: [],
    about: {},
    relaunch: undefined,
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
    const [parent] = args.length > 1 ? (args as [BaseWindow]) : []
    // Such a box runs a loop of its own there, in which nothing else of the program does.
    if (platform === 'darwin' && !parent?.isVisible()) {
      throw new Error('a message box without a window in sight stops the program')
    }
    const { message, detail = '', buttons = [], signal, cancelId = 0 } = options
    return new Promise<MessageBoxReturnValue>((resolve) => {
      const answer = (response: number) => resolve({ response, checkboxChecked: false })
      const box = { message, detail, buttons, isTakenBack: false, answer }
      seen.boxes.push(box)
      const takeBack = () => {
        box.isTakenBack = true
        answer(cancelId)
      }
      parent?.once('closed', takeBack)
      if (parent !== undefined) signal?.addEventListener('abort', takeBack)
    })
  }
  dialog.showErrorBox = (title, text) => void seen.errorBoxes.push({ title, text })
  dialog.showOpenDialog = async (...args: unknown[]) => {
    const { defaultPath } = args.at(-1) as Electron.OpenDialogOptions
    seen.fileDialogs.push({ folder: defaultPath, hasParent: args.length > 1 })
    const filePaths = seen.picks.shift()
    return { canceled: filePaths === undefined, filePaths: filePaths ?? [] }
  }

  const { buildFromTemplate } = electron.Menu
  electron.Menu.buildFromTemplate = (template) => {
    const menu = buildFromTemplate.call(electron.Menu, template)
    menu.popup = () => {
      seen.popup = menu.items
    }
    return menu
  }

  electron.clipboard.writeText = async (text) => void seen.copied.push(text)
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

  // A window that is not in sight has no button in the taskbar of Windows.
  const hasMarks = (window: BaseWindow) => platform !== 'win32' || window.isVisible()
  const { setProgressBar, setOverlayIcon, setThumbarButtons } = BrowserWindow.prototype
  BrowserWindow.prototype.setProgressBar = function (share, options) {
    if (hasMarks(this)) seen.progress = { share, mode: options?.mode }
    setProgressBar.call(this, share, options)
  }
  BrowserWindow.prototype.setOverlayIcon = function (image, description) {
    if (hasMarks(this)) seen.overlay = description
    setOverlayIcon.call(this, image, description)
  }
  BrowserWindow.prototype.setThumbarButtons = function (buttons) {
    if (hasMarks(this))
      seen.thumbButtons = buttons.map(({ tooltip = '', click }) => ({ name: tooltip, click }))
    return setThumbarButtons.call(this, buttons)
  }
  const setBadgeCount = app.setBadgeCount.bind(app)
  app.setBadgeCount = (count) => {
    seen.badge = count ?? 0
    return setBadgeCount(count)
  }
  app.setAppUserModelId = (id) => void seen.windowsIds.push(id)
  app.setToastActivatorCLSID = (id) => void seen.windowsIds.push(id)
  if (app.dock !== undefined) {
    app.dock.setMenu = (menu) => {
      seen.dockMenu = menu.items.map(({ label }) => label)
    }
  }
  app.setUserTasks = (tasks) => {
    seen.tasks = tasks.map(({ title, arguments: args }) => ({ title, arguments: args }))
    return true
  }
  app.setAboutPanelOptions = (options) => {
    seen.about = options
  }
  app.relaunch = (options = {}) => {
    seen.relaunch = options
  }
  return seen
}
