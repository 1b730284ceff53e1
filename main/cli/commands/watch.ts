import { planWatch, watch as watchFolders } from '#main/app/run/watch.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type ExitCode, exitCodeAfter, exitCodeOfPlan } from '../exit-code.ts'
import { sayStandings } from '../follow-words.ts'
import { type RuleOptions, readRuleOptions } from '../rule-options.ts'
import type { Session } from '../session.ts'

export interface WatchOptions extends RuleOptions {
  readonly to?: string
  readonly once?: boolean
  readonly dryRun?: boolean
  readonly useMetered?: boolean
}

/** `feidi watch [DIR --to DEST]`: one folder, or all that have a rule. */
export async function watch(
  session: Session,
  dir: string | undefined,
  { to, once = false, dryRun = false, useMetered = false, ...options }: WatchOptions,
): Promise<ExitCode> {
  if (dir !== undefined && to === undefined) throw new TransferError('usage', { detail: '--to' })
  const said = readRuleOptions(options)
  const folder = dir === undefined || to === undefined ? undefined : { dir, to, said }
  if (!dryRun) {
    const { language } = session.settings
    return exitCodeAfter(await watchFolders(session, folder, { once, useMetered, language }))
  }
  const { totals, follow } = await planWatch(session, folder)
  sayStandings(session, follow)
  return exitCodeOfPlan(totals)
}
