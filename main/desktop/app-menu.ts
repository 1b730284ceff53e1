import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '#shared/text/language.ts'
import { type KeyIn, t } from '#shared/text/t.ts'
import { ADDRESS, type MenuActions } from './menu-actions.ts'

type Item = MenuItemConstructorOptions

const SEPARATOR: Item = { type: 'separator' }

export interface AppMenu {
  readonly platform: NodeJS.Platform
  readonly language: Language
  readonly isPaused: boolean
  readonly isPackaged: boolean
  readonly actions: MenuActions
}

/** The menu bar. Keys are those of the platform; the page's own (Space, R, 1 to 5 …) are not in it. */
export function appMenu({ platform, language, isPaused, isPackaged, actions }: AppMenu): Item[] {
  const isMac = platform === 'darwin'
  const word = (name: KeyIn<'desktop'>) => t(language, `desktop.${name}`)
  const role = (name: KeyIn<'desktop'>, itemRole: NonNullable<Item['role']>): Item => ({
    label: word(name),
    role: itemRole,
  })
  const settings: Item = {
    id: 'settings',
    label: word('settings'),
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.open(ADDRESS.settings),
  }
  const quit: Item = {
    id: 'quit',
    label: word('quit'),
    // Windows closes with Alt+F4, which asks the window.
    ...(platform !== 'win32' && { accelerator: 'CmdOrCtrl+Q' }),
    click: () => actions.quit(),
  }
  const appItems: Item = {
    label: word('appName'),
    submenu: [
      role('about', 'about'),
      SEPARATOR,
      settings,
      SEPARATOR,
      role('services', 'services'),
      SEPARATOR,
      role('hideApp', 'hide'),
      role('hideOthers', 'hideOthers'),
      role('showAll', 'unhide'),
      SEPARATOR,
      quit,
    ],
  }
  const fileItems: Item = {
    label: word('file'),
    submenu: [
      {
        id: 'add-files',
        label: word('addFiles'),
        accelerator: 'CmdOrCtrl+O',
        click: () => actions.add('files'),
      },
      {
        id: 'add-folder',
        label: word('addFolder'),
        accelerator: 'CmdOrCtrl+Shift+O',
        click: () => actions.add('folder'),
      },
      SEPARATOR,
      {
        id: 'pause-all',
        label: word(isPaused ? 'resumeAll' : 'pauseAll'),
        accelerator: 'CmdOrCtrl+Shift+P',
        click: () => actions.pauseAll(!isPaused),
      },
      SEPARATOR,
      role('closeWindow', 'close'),
      ...(isMac ? [] : [SEPARATOR, settings, role('about', 'about'), SEPARATOR, quit]),
    ],
  }
  const editItems: Item = {
    label: word('edit'),
    submenu: [
      role('undo', 'undo'),
      role('redo', 'redo'),
      SEPARATOR,
      role('cut', 'cut'),
      role('copy', 'copy'),
      role('paste', 'paste'),
      role('selectAll', 'selectAll'),
    ],
  }
  const place = (name: 'queue' | 'folders' | 'history'): Item => ({
    id: name,
    label: word(name),
    click: () => actions.open(ADDRESS[name]),
  })
  const viewItems: Item = {
    label: word('view'),
    submenu: [
      place('queue'),
      place('folders'),
      place('history'),
      {
        id: 'needs-you',
        label: word('needsAttention'),
        click: () => actions.open(ADDRESS.attention),
      },
      SEPARATOR,
      role('actualSize', 'resetZoom'),
      role('zoomIn', 'zoomIn'),
      role('zoomOut', 'zoomOut'),
      SEPARATOR,
      role('fullScreen', 'togglefullscreen'),
      ...(isPackaged ? [] : [role('developerTools', 'toggleDevTools')]),
    ],
  }
  // Electron has the items of its own only in English.
  const windowItems: Item = {
    ...role('window', 'window'),
    submenu: [
      role('minimize', 'minimize'),
      role('zoomWindow', 'zoom'),
      SEPARATOR,
      role('bringAllToFront', 'front'),
    ],
  }
  return [
    ...(isMac ? [appItems] : []),
    fileItems,
    editItems,
    viewItems,
    ...(isMac ? [windowItems] : []),
  ]
}
