/**
 * The parts of Electron that the shell uses. It gets these rather than importing `electron`, so
 * that the compiler holds the stand-in of the tests to the same types, and no other part of
 * Electron is in use.
 */
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  CrashReporter,
  Dialog,
  IpcMain,
  NativeImage,
  NativeTheme,
  Notification,
  NotificationConstructorOptions,
  PowerMonitor,
  PowerSaveBlocker,
  Protocol,
  SafeStorage,
  Screen,
  Session,
  Shell,
  Tray,
  WebContents,
} from 'electron'

type Electron = typeof import('electron')

export type ShellApp = Pick<
  App,
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getLoginItemSettings'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'on'
  | 'quit'
  | 'relaunch'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setPath'
  | 'setToastActivatorCLSID'
  | 'setUserTasks'
  | 'whenReady'
> & { readonly dock?: Pick<NonNullable<App['dock']>, 'setMenu'> | undefined }

export type ShellContents = Pick<
  WebContents,
  'getURL' | 'id' | 'isDestroyed' | 'on' | 'reload' | 'send' | 'setWindowOpenHandler'
>

export type ShellWindow = Pick<
  BrowserWindow,
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'on'
  | 'restore'
  | 'setOverlayIcon'
  | 'setProgressBar'
  | 'setThumbarButtons'
  | 'show'
> & { readonly webContents: ShellContents }

/** Returns a window as Electron takes it for the parent of a dialog or a menu. */
export function asParent(window: ShellWindow): BrowserWindow {
  return window as BrowserWindow
}

export type ShellTray = Pick<Tray, 'destroy' | 'on' | 'setContextMenu' | 'setImage' | 'setToolTip'>

export type ShellNotification = Pick<Notification, 'on' | 'show'>

export interface ShellElectron {
  readonly app: ShellApp
  readonly clipboard: Pick<Clipboard, 'writeText'>
  readonly crashReporter: Pick<CrashReporter, 'start'>
  readonly BrowserWindow: new (options?: BrowserWindowConstructorOptions) => ShellWindow
  readonly dialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog'>
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>
  readonly Menu: Pick<Electron['Menu'], 'buildFromTemplate' | 'setApplicationMenu'>
  readonly nativeImage: Pick<Electron['nativeImage'], 'createFromPath'>
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'>
  readonly Notification: Pick<Electron['Notification'], 'handleActivation' | 'isSupported'> &
    (new (
      options?: NotificationConstructorOptions,
    ) => ShellNotification)
  readonly powerMonitor: Pick<PowerMonitor, 'isOnBatteryPower' | 'on'>
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>
  readonly safeStorage: Pick<SafeStorage, 'decryptStringAsync' | 'encryptStringAsync'>
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>
  readonly session: {
    readonly defaultSession: Pick<
      Session,
      | 'resolveProxy'
      | 'setDevicePermissionHandler'
      | 'setPermissionCheckHandler'
      | 'setPermissionRequestHandler'
    >
  }
  readonly shell: Pick<Shell, 'openExternal' | 'showItemInFolder'>
  readonly Tray: new (image: NativeImage | string) => ShellTray
}

/** The parts of the process that the shell uses. */
export type ShellProcess = Pick<
  NodeJS.Process,
  'argv' | 'cwd' | 'env' | 'execPath' | 'off' | 'on' | 'platform'
>
