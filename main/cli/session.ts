import type { AppSession } from '#main/app/session.ts'
import type { Output } from './report/output.ts'
import type { CliSettings } from './settings.ts'

/** The tools given to a command. */
export interface Session extends AppSession {
  readonly settings: CliSettings
  readonly output: Output
}
