import type { RuleStore } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { fitRule } from './fit-rule.ts'

/**
 * A person says that the folder that is there now is the one that is meant.
 * @param home where Feidi keeps its own state
 * @returns the rule as it is stored now
 * @throws TransferError when that folder can not be watched
 */
export async function confirmFolder(
  rules: RuleStore,
  rule: WatchRule,
  home: string,
): Promise<WatchRule> {
  const others = rules.list()
  const asked = { ...rule, realFolder: undefined }
  const fitted = await fitRule(asked, { others, home, isNoticingSaid: true })
  const fatal = fitted.problems.find(({ isFatal }) => isFatal)
  if (fatal !== undefined) throw new TransferError(fatal.code, { detail: fatal.detail })
  const { realFolder } = fitted.rule
  return rules.update(rule.id, { realFolder }) ?? { ...rule, realFolder }
}
