import type { AppOptions, Surroundings } from '#main/app/app-options.ts'
import { type App, openApp } from '#main/app/open-app.ts'
import { demandNotOwnState } from '#main/app/own-state.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

export interface DesktopAppOptions
  extends Omit<AppOptions, 'command' | 'surroundings' | 'given' | 'credentials' | 'signInPorts'>,
    Pick<Surroundings, 'pick' | 'reveal'> {
  readonly keyStorage: () => Surroundings['keyStorage']
  readonly canStartAtLogin: boolean
  readonly hasTray: boolean
  /** Checks whether the system shows notifications, as far as is known. */
  readonly canNotify: () => boolean
  /** Of the environment; they go before the person's settings. */
  readonly baseUrl: string | undefined
  readonly caFile: string | undefined
  readonly openOutside: NonNullable<Surroundings['openOutside']>
}

/**
 * Opens the application for the window.
 * @throws TransferError when the home is in use or damaged
 */
export function openDesktopApp(options: DesktopAppOptions): Promise<App> {
  const { baseUrl, caFile } = options
  const surroundings = surroundingsOf(options)
  return openApp({ ...options, command: 'Feidi', surroundings, given: { baseUrl, caFile } })
}

function surroundingsOf({
  home,
  keyStorage,
  canStartAtLogin,
  hasTray,
  canNotify,
  pick,
  reveal,
  openOutside,
}: DesktopAppOptions): Surroundings {
  const refuse = async () => {
    throw new TransferError('not-available-here')
  }
  return {
    host: 'desktop',
    capabilities: {
      dialogs: true,
      browse: false,
      upload: false,
      reveal: true,
      startAtLogin: canStartAtLogin,
      tray: hasTray,
      battery: true,
      get notifications() {
        return canNotify()
      },
    },
    get keyStorage() {
      return keyStorage()
    },
    mostUploadBytes: null,
    // The person chooses with the system's dialogs; only our own state is never theirs to send.
    async admit(path) {
      await demandNotOwnState(path, home)
      return path
    },
    adopt: refuse,
    browse: refuse,
    pick,
    reveal,
    openOutside,
  }
}
