import { homedir } from 'node:os'
import { AllowedFolders } from '#main/app/adding/allowed-folders.ts'
import type { AppOptions, Surroundings } from '#main/app/app-options.ts'
import { openApp } from '#main/app/open-app.ts'
import { findRenderer } from '#main/lib/static-files.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { isLoopback } from './access.ts'
import { Spool } from './spool.ts'
import { startWebServer, type WebServer } from './web-server.ts'

export interface WebHostOptions
  extends Pick<
    AppOptions,
    | 'home'
    | 'version'
    | 'systemLanguage'
    | 'credentials'
    | 'given'
    | 'log'
    | 'onFault'
    | 'signInPorts'
  > {
  readonly address: string
  readonly port: number
  readonly password: string | undefined
  /** Folders that may be uploaded from besides the person's own. */
  readonly allow: readonly string[]
  /** The built pages, if they are not where a build puts them. */
  readonly rendererFolder?: string | undefined
  readonly mostUploadBytes?: number
}

export interface WebHost {
  readonly port: number
  /** A link that lets one browser in, once. */
  newLink(): string
  /** Calls in flight have `graceMs` to come back. */
  close(graceMs: number): Promise<void>
}

const MOST_UPLOAD_BYTES = 20 * 1024 ** 3

/**
 * The application and its pages for a browser.
 * @throws TransferError `usage` for an address others can reach without a password
 */
export async function openWebHost(options: WebHostOptions): Promise<WebHost> {
  const { home, address, port, password, mostUploadBytes = MOST_UPLOAD_BYTES } = options
  if (!isLoopback(address) && !password) {
    const detail = `--host ${address}: FEIDI_WEB_PASSWORD`
    throw new TransferError('usage', { detail })
  }
  const spool = new Spool(home, mostUploadBytes)
  const surroundings = surroundingsOf(options, spool, mostUploadBytes)
  const app = await openApp({ ...options, command: 'feidi serve', surroundings })
  const rendererFolder = options.rendererFolder ?? findRenderer()
  const nowMs = Date.now
  let server: WebServer
  try {
    server = await startWebServer({ app, spool, address, port, password, rendererFolder, nowMs })
  } catch (error) {
    await app.close(0)
    throw error
  }
  app.announce(`http://${address}:${server.port}`)
  return {
    port: server.port,
    newLink: server.newLink,
    async close(graceMs) {
      await Promise.all([server.close(), app.close(graceMs)])
    },
  }
}

function surroundingsOf(
  { home, allow }: WebHostOptions,
  spool: Spool,
  mostUploadBytes: number,
): Surroundings {
  const folders = new AllowedFolders({ roots: [homedir(), ...allow], except: [home] })
  return {
    host: 'web',
    capabilities: {
      dialogs: false,
      browse: true,
      upload: true,
      reveal: false,
      startAtLogin: false,
      tray: false,
      battery: false,
      notifications: false,
    },
    mostUploadBytes,
    keyStorage: 'key-file',
    // A file that a browser has sent may be wanted in another place.
    admit: async (path) => (spool.holds(path) ? path : folders.admitForUpload(path)),
    adopt: (id) => spool.adopt(id),
    kept: spool,
    browse: ({ path, showHidden }) => folders.browse(path, showHidden),
    pick: async () => null,
    async reveal() {
      throw new TransferError('not-available-here')
    },
  }
}
