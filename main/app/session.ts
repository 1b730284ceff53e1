import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { ConnectionSettings } from './open-engine.ts'
import type { Reporter } from './run/reporter.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The settings of a command, checked. */
export interface RunSettings
  extends Omit<ConnectionSettings, 'credentials' | 'proxyEnvironment' | 'singleCallLimit'> {
  readonly home: string
  readonly baseUrl: string | undefined
  readonly singleCallLimit: NonNullable<ConnectionSettings['singleCallLimit']>
  readonly longestWaitMs: number
  /** The account that acts, as the person named it; undefined: the environment's, else the one in use. */
  readonly account: string | undefined
}

/** One command, from its beginning to its end. */
export interface AppSession {
  readonly settings: RunSettings
  readonly env: Environment
  readonly reporter: Reporter
  /** Aborts when the person or the system wants the command to stop. */
  readonly interrupted: AbortSignal
  readonly version: string
  readonly log: HomeLog
}
