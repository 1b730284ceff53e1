import type { Credentials } from '#main/feishu/credentials.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { SecretBox } from '#main/store/secret-box.ts'
import type { OpenConf } from '#main/store/settings-file.ts'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import type { Device } from '#shared/contract/device-channels.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import type { GivenAlerts } from './alerts/alert-keeper.ts'
import type { ConnectionSettings } from './open-engine.ts'
import type { Policy } from './policy/policy.ts'
import type { ResolveProxy } from './system-proxy.ts'
import type { UpdateInstaller } from './updates/installation.ts'

/** The differences between the desktop and a browser. */
export interface Surroundings {
  readonly host: RequestOutput<'app.info'>['host']
  readonly capabilities: RequestOutput<'app.info'>['capabilities']
  readonly mostUploadBytes: number | null
  readonly keyStorage: RequestOutput<'app.info'>['keyStorage']
  /** The path to queue for one that a page named. @throws TransferError when it may not be sent */
  admit(path: string): Promise<string>
  /** The path of a file that a browser sent. @throws TransferError when there is none */
  adopt(uploadId: string): Promise<string>
  /** Files that browsers sent, kept until no transfer needs them. */
  readonly kept?: {
    sweep(isNeeded: (path: string) => boolean): Promise<void>
    release(path: string): Promise<void>
    /** Checks whether a path is that of such a file, present or gone. */
    holds(path: string): boolean
  }
  browse(input: RequestInput<'folders.browse'>): Promise<RequestOutput<'folders.browse'>>
  pick(kind: RequestInput<'files.pick'>['kind']): Promise<string[] | null>
  reveal(path: string): Promise<void>
  /** The browsers that are signed in; absent where there is only a window. */
  readonly devices?: {
    list(): readonly Omit<Device, 'isThis'>[]
    /** Returns how many there were. */
    signOut(ids: readonly string[]): number
    newLink(): RequestOutput<'devices.link'>
  }
  /** Opens a link in the person's own browser; absent where a page does that itself. */
  readonly openOutside?: (url: string) => Promise<void>
}

export interface AppOptions {
  readonly home: string
  /** The name of the face, for a person who finds the home in use. */
  readonly command: string
  readonly version: string
  readonly systemLanguage: RequestOutput<'app.info'>['systemLanguage']
  readonly surroundings: Surroundings
  /** Settings of the command line or the environment; they go before the person's. */
  readonly given: Partial<Omit<ConnectionSettings, 'credentials'>>
  /** Credentials of the environment; they go before the account in use. */
  readonly credentials?: Credentials | undefined
  /** The rules of the person who manages this machine; absent: those of its policy file. */
  readonly policy?: Policy | undefined
  /** The folder with the metadata of releases, compiled into the desktop app. */
  readonly updateFeed?: string | undefined
  /** Absent where a person has to install a newer version. */
  readonly updateInstaller?: UpdateInstaller | undefined
  /** The receiver of messages that the environment names. */
  readonly givenAlerts?: GivenAlerts | undefined
  /** Seals secrets; a key file of the home does when absent. */
  readonly keychain?: SecretBox
  /** Opens the settings file to write it; `conf` when absent. */
  readonly openConf?: OpenConf
  /** Asks the system for proxies; absent where only the environment knows. */
  readonly resolveProxy?: ResolveProxy | undefined
  /** Ports a browser may come back to after signing in; those registered for the app unless said. */
  readonly signInPorts?: readonly number[] | undefined
  /** The person has changed settings. @throws TransferError when the system does not take one */
  readonly onSettings?: (settings: AppSettings) => void
  readonly log: HomeLog
  /** Is told of our own faults besides the log. */
  readonly onFault: (what: string, error: unknown) => void
}
