/** Stand-ins for what Electron has of the system. They do nothing: what was asked of them is in the probe. */
import type {
  ActivationArguments,
  CrashReporterStartOptions,
  Display,
  Menu as ElectronMenu,
  MenuItem,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeImage,
  NotificationConstructorOptions,
  OpenDialogOptions,
} from 'electron'
import type { ShellElectron, ShellNotification, ShellTray } from '#main/desktop/electron-parts.ts'
import type { StandInApp } from './app.ts'
import { StandInEmitter } from './emitter.ts'

/** New classes each time: a probe changes them. */
export function standInSystem(app: StandInApp) {
  class Tray extends StandInEmitter implements Omit<ShellTray, 'on'> {
    readonly image: unknown

    constructor(image: unknown) {
      super()
      app.expectReady(true, 'a tray')
      this.image = image
    }

    setImage(_image: unknown): void {}
    setToolTip(_text: string): void {}
    setContextMenu(_menu: ElectronMenu | null): void {}
    destroy(): void {}
  }

  let onActivation: (details: ActivationArguments) => void = () => {}

  class Notification extends StandInEmitter implements Omit<ShellNotification, 'on'> {
    /** True also where the system refuses them. */
    static isSupported = () => true
    static handleActivation(callback: typeof onActivation): void {
      if (app.platform !== 'win32') throw new TypeError('handleActivation is not a function')
      onActivation = callback
    }

    readonly title: string
    readonly body: string

    constructor({ title = '', body = '' }: NotificationConstructorOptions = {}) {
      super()
      this.title = title
      this.body = body
      this.on('click', () => onActivation({ type: 'click', arguments: '' }))
    }

    /** Its fate is told later. */
    show(): void {
      const isShown = app.system.notifications !== 'refused'
      setImmediate(() => {
        if (isShown) this.emit('show', {})
        else this.emit('failed', {}, 'not allowed')
      })
    }
  }

  let applicationMenu: ElectronMenu | null = null
  const Menu = {
    buildFromTemplate: menuOf,
    setApplicationMenu(menu: ElectronMenu | null) {
      applicationMenu = menu
    },
    getApplicationMenu: () => applicationMenu,
  }

  const display = () => {
    app.expectReady(true, 'screens')
    return { workArea: { x: 0, y: 0, width: 1920, height: 1080 } } as Display
  }
  const blocked = new Set<number>()
  const system: Pick<
    ShellElectron,
    | 'clipboard'
    | 'crashReporter'
    | 'dialog'
    | 'nativeImage'
    | 'powerSaveBlocker'
    | 'safeStorage'
    | 'screen'
    | 'shell'
  > = {
    clipboard: { writeText: async () => {} },
    crashReporter: {
      start(_options: CrashReporterStartOptions) {
        if (app.getPath('userData') === '') throw new Error('dumps would lie outside the home')
      },
    },
    dialog: {
      async showMessageBox(..._args: [MessageBoxOptions] | [unknown, MessageBoxOptions]) {
        return { response: 0, checkboxChecked: false }
      },
      async showOpenDialog(..._args: [OpenDialogOptions] | [unknown, OpenDialogOptions]) {
        return { canceled: true, filePaths: [] }
      },
      showErrorBox() {},
    },
    nativeImage: { createFromPath: (path) => ({ path }) as unknown as NativeImage },
    powerSaveBlocker: {
      start() {
        const id = blocked.size + 1
        blocked.add(id)
        return id
      },
      stop: (id) => blocked.delete(id),
    },
    safeStorage: standInKeyring(app),
    screen: { getAllDisplays: () => [display()], getPrimaryDisplay: display },
    shell: { openExternal: async () => {}, showItemInFolder() {} },
  }
  const powerMonitor = Object.assign(new StandInEmitter(), { isOnBatteryPower: () => false })
  const nativeTheme = new NativeTheme()
  return { ...system, Menu, Notification, Tray, nativeTheme, powerMonitor }
}

class NativeTheme extends StandInEmitter {
  themeSource: 'system' | 'light' | 'dark' = 'system'

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark'
  }
}

/**
 * Without a keyring Chromium seals with a fixed key: only the prefix tells. The backend is a guess
 * from the name of the desktop, and has nothing to do with it.
 */
function standInKeyring({ platform, argv, system }: StandInApp): ShellElectron['safeStorage'] {
  const isMissing = argv.includes('--password-store=basic') || system.keyring === 'missing'
  const prefix = platform === 'linux' && !isMissing ? 'v11' : 'v10'
  const unlocked = new Promise<void>((resolve) => {
    if (system.keyring !== 'locked') resolve()
  })
  return {
    async encryptStringAsync(text) {
      await unlocked
      // Not to be read as it is; no more is asked of a stand-in.
      return Buffer.from(`${prefix}${Buffer.from(text).toString('hex')}`)
    },
    async decryptStringAsync(bytes) {
      await unlocked
      const [, by, hex] = /^(v1[01])([0-9a-f]*)$/.exec(bytes.toString()) ?? []
      if (hex === undefined) throw new Error('Error while decrypting')
      return { shouldReEncrypt: by !== prefix, result: Buffer.from(hex, 'hex').toString() }
    },
  }
}

function menuOf(template: (MenuItemConstructorOptions | MenuItem)[]): ElectronMenu {
  const items = template.map((given) => {
    const { submenu } = given as MenuItemConstructorOptions
    return {
      type: 'normal',
      enabled: true,
      visible: true,
      ...given,
      submenu: Array.isArray(submenu) ? menuOf(submenu) : undefined,
    }
  })
  return { items, popup() {} } as unknown as ElectronMenu
}
