/** Stand-ins for what Electron has of the system. They do nothing: what was asked of them is in the probe. */
import type {
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

  class Notification extends StandInEmitter implements Omit<ShellNotification, 'on'> {
    static isSupported = () => true
    readonly title: string
    readonly body: string

    constructor({ title = '', body = '' }: NotificationConstructorOptions = {}) {
      super()
      this.title = title
      this.body = body
    }

    show(): void {}
  }

  let applicationMenu: ElectronMenu | null = null
  const Menu = {
    buildFromTemplate: menuOf,
    setApplicationMenu(menu: ElectronMenu | null) {
      applicationMenu = menu
    },
    getApplicationMenu: () => applicationMenu,
  }

  const blocked = new Set<number>()
  const system: Pick<
    ShellElectron,
    'dialog' | 'nativeImage' | 'powerSaveBlocker' | 'safeStorage' | 'screen' | 'shell'
  > = {
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
    safeStorage: {
      isAsyncEncryptionAvailable: async () => true,
      // Not to be read as it is; no more is asked of a stand-in.
      encryptStringAsync: async (text) =>
        Buffer.from(`sealed ${Buffer.from(text).toString('hex')}`),
      async decryptStringAsync(bytes) {
        const [, hex] = /^sealed ([0-9a-f]*)$/.exec(bytes.toString()) ?? []
        if (hex === undefined) throw new Error('Error while decrypting')
        return { shouldReEncrypt: false, result: Buffer.from(hex, 'hex').toString() }
      },
      // As Chromium takes the switch.
      getSelectedStorageBackend: () =>
        app.argv.includes('--password-store=basic') ? 'basic_text' : 'gnome_libsecret',
    },
    screen: {
      getAllDisplays() {
        app.expectReady(true, 'screens')
        return [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } } as never]
      },
    },
    shell: { openExternal: async () => {}, showItemInFolder() {} },
  }
  const powerMonitor = Object.assign(new StandInEmitter(), { isOnBatteryPower: () => false })
  return { ...system, Menu, Notification, Tray, powerMonitor }
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
  return { items } as unknown as ElectronMenu
}
