import { homedir } from 'node:os'
import { AccountKeeper } from '#main/app/accounts/account-keeper.ts'
import { AllowedFolders } from '#main/app/adding/allowed-folders.ts'
import { faultLogger } from '#main/app/fault-logger.ts'
import { FeidiHost } from '#main/app/host.ts'
import type { HostOptions, Surroundings } from '#main/app/host-options.ts'
import { openHome } from '#main/app/open-engine.ts'
import { ProxyKeeper } from '#main/app/proxy-keeper.ts'
import type { Credentials } from '#main/feishu/credentials.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { findRenderer } from '#main/lib/static-files.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { isLoopback } from './access.ts'
import { Spool } from './spool.ts'
import { startWebServer } from './web-server.ts'

export interface WebHostOptions {
  readonly home: string
  readonly version: string
  readonly address: string
  readonly port: number
  readonly password: string | undefined
  /** Folders that may be uploaded from besides the person's own. */
  readonly allow: readonly string[]
  readonly credentials: Credentials | undefined
  readonly language: Language
  readonly given: HostOptions['given']
  readonly log: HomeLog
  /** Told of faults besides the log. */
  readonly onFault: HostOptions['onFault']
  /** Where the built pages are, if not where a build puts them. */
  readonly rendererFolder?: string | undefined
  readonly mostUploadBytes?: number
  readonly signInPorts?: HostOptions['signInPorts']
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
 * Engine and pages for a browser.
 * @throws TransferError `usage` for an address others can reach without a password
 */
export async function openWebHost(options: WebHostOptions): Promise<WebHost> {
  const { home, version, address, port, password } = options
  if (!isLoopback(address) && !password) {
    const detail = `--host ${address}: FEIDI_WEB_PASSWORD`
    throw new TransferError('usage', { detail })
  }
  const opened = openHome({ home, command: 'feidi serve', version })
  const onFault = faultLogger(options.log, options.onFault)
  options.log.scope('host').info('begins', { host: 'web', version, pid: process.pid })
  try {
    const { stores } = opened
    const mostUploadBytes = options.mostUploadBytes ?? MOST_UPLOAD_BYTES
    const spool = new Spool(home, mostUploadBytes)
    const settingsFile = openSettings(home)
    const { baseUrl } = options.given
    const account = new AccountKeeper({
      store: openAccounts(home, keyFileBox(home)),
      fromEnvironment: options.credentials,
      baseUrl,
    })
    const proxy = new ProxyKeeper(settingsFile, keyFileBox(home))
    const proxyProblem = await proxy.load()
    if (proxyProblem !== undefined) onFault('proxy', proxyProblem)
    await spool.sweep((path) => stores.windows.unfinishedAt(path))
    // The same file may be on its way to another place as well.
    const release = (path: string) => {
      if (!stores.windows.unfinishedAt(path)) void spool.release(path)
    }
    const host = new FeidiHost({
      stores,
      settingsFile,
      account,
      proxy,
      clock: systemClock,
      surroundings: surroundingsOf(options, spool, mostUploadBytes),
      version,
      home,
      systemLanguage: options.language,
      given: options.given,
      signInPorts: options.signInPorts,
      connect: (settings) => opened.connect(settings, options.log),
      adoptHome: () => opened.standing.adopt(systemClock.nowMs()),
      onSettled: ({ path, state }) => {
        if (state.kind === 'done' || state.kind === 'skipped') release(path)
      },
      onGivenUp: release,
      log: options.log,
      onFault,
    })
    const rendererFolder = options.rendererFolder ?? findRenderer()
    const nowMs = () => systemClock.nowMs()
    const server = await startWebServer({
      host,
      spool,
      address,
      port,
      password,
      rendererFolder,
      nowMs,
    })
    await host.start()
    opened.announce(`http://${address}:${server.port}`)
    return {
      port: server.port,
      newLink: server.newLink,
      async close(graceMs) {
        await Promise.all([server.close(), host.close(graceMs)])
        options.log.scope('host').info('ends')
        opened.close()
      },
    }
  } catch (error) {
    opened.close()
    throw error
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
    },
    mostUploadBytes,
    keyStorage: 'key-file',
    // A file that a browser has sent may be wanted in another place.
    admit: async (path) => (spool.holds(path) ? path : folders.admitForUpload(path)),
    adopt: (id) => spool.adopt(id),
    browse: ({ path, showHidden }) => folders.browse(path, showHidden),
    pick: async () => null,
    async reveal() {
      throw new TransferError('not-available-here')
    },
  }
}
