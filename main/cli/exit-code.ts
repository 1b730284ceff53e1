import { lookUp } from '#shared/errors/look-up.ts'
import type { ErrorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { WorkEnd } from '#shared/model/work.ts'
import type { Unfinished } from './report/reporter.ts'

/** Exit codes of the command, part of its contract. 75 is EX_TEMPFAIL of sysexits.h. */
export const EXIT = {
  allDone: 0,
  someFailed: 1,
  usage: 2,
  auth: 3,
  resumable: 75,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The exit code of a command that could not begin, or had to stop, because of one error. */
export function exitCodeOf(error: Pick<TransferError | ErrorInfo, 'code'>): ExitCode {
  if (error.code === 'disk-full' || error.code === 'store-failed') return EXIT.resumable
  if (error.code === 'internal') return EXIT.someFailed
  return isAboutRights(error) ? EXIT.auth : EXIT.usage
}

/** The exit code after work on the queue came to an end. */
export function exitCodeAfter(
  end: WorkEnd,
  outcome: Unfinished & { readonly failed: number; readonly aboutRights: boolean },
): ExitCode {
  switch (end.kind) {
    case 'stopped':
      return EXIT.interrupted
    case 'waiting':
      return EXIT.resumable
    case 'account-blocked':
      return isAboutRights(end.error) ? EXIT.auth : EXIT.someFailed
    case 'fatal':
      return exitCodeOf(end.error)
    case 'settled':
      return exitCodeWhenSettled(outcome)
  }
}

/** A problem that a person has to put right says more than one that goes away by itself. */
function exitCodeWhenSettled(outcome: Parameters<typeof exitCodeAfter>[1]): ExitCode {
  const { failed, blocked, queued, unsettled, aboutRights } = outcome
  if (failed + blocked > 0) return aboutRights ? EXIT.auth : EXIT.someFailed
  return queued + unsettled > 0 ? EXIT.resumable : EXIT.allDone
}

/** Whether signing in or being granted something would help. */
export function isAboutRights(error: Pick<ErrorInfo, 'code'>): boolean {
  const { domain } = lookUp(error)
  return domain === 'auth' || domain === 'permission'
}
