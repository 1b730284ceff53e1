import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { Output } from './report/output.ts'
import type { Reporter } from './report/reporter.ts'
import type { CliSettings, Environment } from './settings.ts'

/** What every command is given. */
export interface Session {
  readonly settings: CliSettings
  readonly env: Environment
  readonly output: Output
  readonly reporter: Reporter
  /** Aborts when the person or the system wants the command to stop. */
  readonly interrupted: AbortSignal
  readonly version: string
  readonly log: HomeLog
}
