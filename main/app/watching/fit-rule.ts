import { realpath } from '#main/lib/file-system.ts'
import { checkRule, type RuleProblem } from '#main/watch/check-rule.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

export interface FitOptions {
  /** The rules there are already; the rule itself may be among them. */
  readonly others: readonly WatchRule[]
  /** The folder of Feidi's own state. */
  readonly home: string
  /** False: how changes are noticed is chosen by where the folder is. */
  readonly isNoticingSaid: boolean
}

export interface FittedRule {
  /** As it should be stored, if no problem is fatal. */
  readonly rule: WatchRule
  readonly problems: readonly RuleProblem[]
}

/**
 * Checks a rule before it is stored, notes where its folder really is, and makes it look every so often
 * on a network drive.
 */
export async function fitRule(wished: WatchRule, options: FitOptions): Promise<FittedRule> {
  const problems = await checkRule(wished, options.others, options.home)
  const { folder, realFolder = await realpath(folder).catch(() => undefined) } = wished
  const rule = { ...wished, realFolder }
  const isRemote = problems.some(({ code }) => code === 'rule-on-network')
  if (!isRemote || options.isNoticingSaid) return { rule, problems }
  return {
    rule: { ...rule, noticing: 'polling' },
    problems: problems.filter(({ code }) => code !== 'rule-on-network'),
  }
}
