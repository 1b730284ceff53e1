import { homedir } from 'node:os'
import { AllowedFolders } from '#main/app/adding/allowed-folders.ts'
import type { AppOptions, Surroundings } from '#main/app/app-options.ts'
import { openApp } from '#main/app/open-app.ts'
import { findRenderer } from '#main/lib/static-files.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { isLoopback, type OneTimeLink } from './access.ts'
import { openLinkDoor } from './link-door.ts'
import { Sessions } from './sessions.ts'
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
    | 'givenAlerts'
    | 'policy'
  > {
  readonly address: string
  readonly port: number
  readonly password: string | undefined
  /** The address of a TLS proxy in front, `https://…`; browsers come by that alone. */
  readonly publicUrl?: string | undefined
  /** Folders that may be uploaded from besides the person's own. */
  readonly allow: readonly string[]
  /** The built pages, if they are not where a build puts them. */
  readonly rendererFolder?: string | undefined
  readonly mostUploadBytes?: number
}

export interface WebHost {
  readonly port: number
  newLink(): OneTimeLink
  /** Calls in flight have `graceMs` to come back. */
  close(graceMs: number): Promise<void>
}

const MOST_UPLOAD_BYTES = 20 * 1024 ** 3

/**
 * The application and its pages for a browser.
 * @throws TransferError `usage` for an address others can reach without a password, or a public one
 *   that is no plain `https://` origin
 */
export async function openWebHost(options: WebHostOptions): Promise<WebHost> {
  const { home, address, port, password, mostUploadBytes = MOST_UPLOAD_BYTES } = options
  const publicUrl = options.publicUrl === undefined ? undefined : originOf(options.publicUrl)
  if ((!isLoopback(address) || publicUrl !== undefined) && !password) {
    const what = publicUrl === undefined ? `--host ${address}` : '--public-url'
    throw new TransferError('usage', { detail: `${what}: FEIDI_WEB_PASSWORD` })
  }
  const spool = new Spool(home, mostUploadBytes)
  const nowMs = () => Date.now()
  let sessions: Sessions | undefined
  let server: WebServer | undefined
  const surroundings: Surroundings = {
    ...surroundingsOf(options, spool, mostUploadBytes),
    devices: {
      list: () => sessions?.list() ?? [],
      signOut: (ids) => sessions?.end(ids) ?? 0,
      newLink() {
        if (server === undefined) throw new TransferError('no-web-host')
        return server.newLink()
      },
    },
  }
  const app = await openApp({ ...options, command: 'feidi serve', surroundings })
  const rendererFolder = options.rendererFolder ?? findRenderer()
  try {
    // The home is ours from here on.
    sessions = new Sessions({ home, password, nowMs })
    const access = { address, port, password, publicUrl, sessions }
    const started = await startWebServer({ app, spool, ...access, rendererFolder, nowMs })
    server = started
    const door = await openLinkDoor(home, started.newLink)
    app.announce(publicUrl?.origin ?? `http://${address}:${started.port}`)
    return {
      port: started.port,
      newLink: started.newLink,
      async close(graceMs) {
        await Promise.all([door?.close(), started.close(), app.close(graceMs)])
      },
    }
  } catch (error) {
    await Promise.all([server?.close(), app.close(0)])
    throw error
  }
}

/** @throws TransferError `usage` */
function originOf(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.href !== `${url.origin}/`) {
    throw new TransferError('usage', { detail: `--public-url ${text}: https://HOST[:PORT]` })
  }
  return url
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
