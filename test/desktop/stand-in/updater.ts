import type { UpdateCheckResult } from 'electron-updater'
import type { ShellUpdater } from '#main/desktop/update-installer.ts'
import type { StandInApp, StandInUpdate } from './app.ts'
import { StandInEmitter } from './emitter.ts'

/** The subject of the certificate that the running program has. */
export const OUR_SIGNER = 'CN=The Feidi developers, O=Feidi, C=CN'

const DOWNLOADED = 'C:\\Users\\lin\\AppData\\Local\\feidi-updater\\pending\\Feidi.exe'

/**
 * electron-updater 6.8.10 as its sources behave: it installs at the end of any run unless told not to, takes older
 * versions when a channel is set, and sends an id of the computer unless the header is given.
 */
export class StandInUpdater extends StandInEmitter implements Omit<ShellUpdater, 'on'> {
  allowDowngrade = false
  autoDownload = true
  autoInstallOnAppQuit = true
  disableDifferentialDownload = false
  disableWebInstaller = false
  logger: ShellUpdater['logger'] = console
  requestHeaders: ShellUpdater['requestHeaders'] = null
  readonly #app: StandInApp
  readonly #update: StandInUpdate
  #isChecked = false
  #isDownloaded = false

  constructor(app: StandInApp, update: StandInUpdate) {
    super()
    this.#app = app
    this.#update = update
    app.on('quit', () => {
      if (this.#isDownloaded && this.autoInstallOnAppQuit)
        this.#update.did.push('installed at quit')
    })
  }

  async checkForUpdates(): Promise<UpdateCheckResult> {
    const id = this.requestHeaders?.['x-user-staging-id'] ?? 'an id of this computer'
    this.#update.did.push(`asked as ${id}`)
    this.#isChecked = true
    if (this.autoDownload) this.#update.did.push('downloaded unasked')
    const { version } = this.#update
    const updateInfo = { version, files: [], path: '', sha512: '', releaseDate: '' }
    return { isUpdateAvailable: true, updateInfo, versionInfo: updateInfo }
  }

  async downloadUpdate(): Promise<string[]> {
    if (!this.#isChecked) throw new Error('Please check update first')
    this.emit('download-progress', { percent: 40 })
    if (this.#update.fails === 'offline') {
      throw Object.assign(new Error('net::ERR_INTERNET_DISCONNECTED'), { code: 'ERR_OFFLINE' })
    }
    this.emit('download-progress', { percent: 100 })
    this.#isDownloaded = true
    return [DOWNLOADED]
  }

  /** Windows: the installer is started, and the program quits right after. macOS: once Squirrel has taken it. */
  quitAndInstall(isSilent = false, isForceRunAfter = false): void {
    if (this.#update.fails === 'installing') {
      this.emit('error', new Error('Cannot update while running on a read-only volume'))
      return
    }
    this.#update.did.push(`installs, silent ${isSilent}, starts again ${isForceRunAfter}`)
    setImmediate(() => this.#app.quit())
  }

  readonly signerOf = async (path: string): Promise<string> =>
    path === DOWNLOADED ? this.#update.signer : OUR_SIGNER
}
