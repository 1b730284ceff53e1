import type { PlanTotals } from '#main/app/run/reporter.ts'
import type { WorkResult } from '#main/app/run/work-on-queue.ts'
import { isAboutRights } from '#shared/errors/look-up.ts'
import type { ErrorInfo, TransferError } from '#shared/errors/transfer-error.ts'

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
export function exitCodeAfter(result: WorkResult): ExitCode {
  const { end } = result
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
      return exitCodeWhenSettled(result)
  }
}

/** The exit code of a dry run; undefined: it was interrupted. */
export function exitCodeOfPlan(totals: PlanTotals | undefined): ExitCode {
  if (totals === undefined) return EXIT.interrupted
  return totals.fail === 0 ? EXIT.allDone : EXIT.someFailed
}

/** A problem that a person has to put right says more than one that goes away by itself. */
function exitCodeWhenSettled({ failed, unfinished, aboutRights }: WorkResult): ExitCode {
  const { blocked, queued, unsettled } = unfinished
  if (failed + blocked > 0) return aboutRights ? EXIT.auth : EXIT.someFailed
  return queued + unsettled > 0 ? EXIT.resumable : EXIT.allDone
}
