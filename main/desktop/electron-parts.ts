/**
 * The parts of Electron that the shell uses. It gets these rather than importing `electron`, so
 * that the compiler holds the stand-in of the tests to the same types, and no other part of
 * Electron is in use.
 */
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  NativeImage,
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
  | 'getLocale'
  | 'getLoginItemSettings'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'on'
  | 'quit'
  | 'relaunch'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setPath'
  | 'whenReady'
> & { readonly dock?: Pick<NonNullable<App['dock']>, 'setMenu'> | undefined }

export type ShellContents = Pick<
  WebContents,
  'id' | 'isDestroyed' | 'on' | 'reload' | 'send' | 'setWindowOpenHandler'
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
  | 'loadURL'
  | 'maximize'
  | 'on'
  | 'restore'
  | 'setOverlayIcon'
  | 'setProgressBar'
  | 'show'
> & { readonly webContents: ShellContents }

export type ShellTray = Pick<Tray, 'destroy' | 'on' | 'setContextMenu' | 'setImage' | 'setToolTip'>

export type ShellNotification = Pick<Notification, 'on' | 'show'>

export interface ShellElectron {
  readonly app: ShellApp
  readonly BrowserWindow: new (options?: BrowserWindowConstructorOptions) => ShellWindow
  readonly dialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog'>
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>
  readonly Menu: Pick<Electron['Menu'], 'buildFromTemplate' | 'setApplicationMenu'>
  readonly nativeImage: Pick<Electron['nativeImage'], 'createFromPath'>
  readonly Notification: Pick<Electron['Notification'], 'isSupported'> &
    (new (
      options?: NotificationConstructorOptions,
    ) => ShellNotification)
  readonly powerMonitor: Pick<PowerMonitor, 'isOnBatteryPower' | 'on'>
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>
  readonly safeStorage: Pick<
    SafeStorage,
    | 'decryptStringAsync'
    | 'encryptStringAsync'
    | 'getSelectedStorageBackend'
    | 'isAsyncEncryptionAvailable'
  >
  readonly screen: Pick<Screen, 'getAllDisplays'>
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
