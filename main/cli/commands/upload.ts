import { planUploadOf, upload as uploadFiles } from '#main/app/run/upload.ts'
import { type ExitCode, exitCodeAfter, exitCodeOfPlan } from '../exit-code.ts'
import { type HandlingOptions, readHandling } from '../handling-options.ts'
import { maySend } from '../may-send.ts'
import type { Session } from '../session.ts'

export interface UploadOptions extends HandlingOptions {
  readonly to: string
  readonly again?: boolean
  readonly allowSensitive?: boolean
  readonly dryRun?: boolean
}

/** `feidi upload PATH... --to DEST` */
export async function upload(
  session: Session,
  paths: readonly string[],
  options: UploadOptions,
): Promise<ExitCode> {
  const { to, again = false, allowSensitive = false } = options
  const asked = maySend(session, allowSensitive)
  const wishes = { paths, to, again, handling: readHandling(options), maySend: asked }
  return options.dryRun
    ? exitCodeOfPlan(await planUploadOf(session, wishes))
    : exitCodeAfter(await uploadFiles(session, wishes))
}
