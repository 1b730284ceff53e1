import type { Clock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { SettingsFile } from '#main/store/settings-file.ts'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { AccountKeeper } from './accounts/account-keeper.ts'
import type { Connection, ConnectionSettings } from './open-engine.ts'
import type { ProxyKeeper } from './proxy-keeper.ts'
import type { ResolveProxy } from './system-proxy.ts'

/** What differs between the desktop and a browser. */
export interface Surroundings {
  readonly host: RequestOutput<'app.info'>['host']
  readonly capabilities: RequestOutput<'app.info'>['capabilities']
  readonly mostUploadBytes: number | null
  readonly keyStorage: RequestOutput<'app.info'>['keyStorage']
  /** The path to queue for one that a page named. @throws TransferError when it may not be sent */
  admit(path: string): Promise<string>
  /** The path of a file that a browser sent. @throws TransferError when there is none */
  adopt(uploadId: string): Promise<string>
  browse(input: RequestInput<'folders.browse'>): Promise<RequestOutput<'folders.browse'>>
  pick(kind: RequestInput<'files.pick'>['kind']): Promise<string[] | null>
  reveal(path: string): Promise<void>
  /** Opens a link in the person's own browser; absent where a page does that itself. */
  readonly openOutside?: (url: string) => Promise<void>
}

export interface HostOptions {
  readonly stores: Stores
  readonly settingsFile: SettingsFile
  readonly account: AccountKeeper
  readonly proxy: ProxyKeeper
  /** What the system says about proxies; absent where only the environment knows. */
  readonly resolveProxy?: ResolveProxy | undefined
  readonly clock: Clock
  readonly surroundings: Surroundings
  readonly version: string
  readonly home: string
  readonly systemLanguage: RequestOutput<'app.info'>['systemLanguage']
  /** Ports a browser may come back to after signing in; those registered for the app unless said. */
  readonly signInPorts?: readonly number[] | undefined
  /** Settings of the command line; they go before the person's. */
  readonly given: Partial<Omit<ConnectionSettings, 'credentials'>>
  connect(settings: ConnectionSettings): Connection
  /** The person says that this home is the one to go on with. */
  adoptHome(): void
  /** A transfer came to its end, good or bad. */
  readonly onSettled?: (transfer: Transfer) => void
  /** A cancel is final: as far as its transfer goes, this file is not wanted any more. */
  readonly onGivenUp?: (path: string) => void
  /** The person has changed settings. @throws TransferError when the system does not take one */
  readonly onSettings?: (settings: AppSettings) => void
  readonly log: HomeLog
  readonly onFault: (what: string, error: unknown) => void
}
