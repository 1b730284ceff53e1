import { type ResumeWishes, resume as resumeQueue } from '#main/app/run/resume.ts'
import { type ExitCode, exitCodeAfter } from '../exit-code.ts'
import type { Session } from '../session.ts'

/** `feidi resume`: everything unfinished, and what was waiting for the person to do something. */
export async function resume(session: Session, options: ResumeWishes): Promise<ExitCode> {
  return exitCodeAfter(await resumeQueue(session, options))
}
