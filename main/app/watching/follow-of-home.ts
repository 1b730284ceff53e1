import { systemClock } from '#main/lib/clock.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import { openRules, type RuleStore } from '#main/store/rule-store.ts'
import type { FollowStore } from '#main/watch/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type FollowStanding, isPendingStep } from '#shared/model/follow.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { findRules } from './rules-of-home.ts'

/** @throws TransferError `follow-needs-folder` when following is asked for elsewhere than in a folder */
export function demandFolderForFollowing(
  { kind }: Pick<Destination, 'kind'>,
  { follow }: { readonly follow?: boolean | undefined },
): void {
  if (follow === true && kind !== 'folder') throw new TransferError('follow-needs-folder')
}

/** Returns what rules mean to do in Feishu, also while another process owns the home. */
export function followOfRules(
  home: string,
  rules: readonly Pick<WatchRule, 'id'>[],
): FollowStanding[] {
  const stores = openStoresReadOnly(home)
  try {
    return rules.map(({ id }) => standingIn(stores?.follow, id))
  } finally {
    stores?.close()
  }
}

/** Returns what a rule means to do in Feishu. @param store undefined: there is none yet */
export function standingIn(
  store: Pick<FollowStore, 'record' | 'steps'> | undefined,
  ruleId: string,
): FollowStanding {
  return {
    stop: store?.record(ruleId)?.stop ?? null,
    steps: store?.steps(ruleId).filter(isPendingStep) ?? [],
  }
}

/**
 * A person agrees to what rules mean to do in Feishu by now; a watch that is running notices.
 * @throws TransferError `rule-unknown`
 */
export function approveRules(home: string, names: readonly string[]): WatchRule[] {
  const rules = openRules(home)
  return findRules(home, names).map((rule) => approveRule(rules, rule, systemClock.nowMs()))
}

/** A person agrees to all that is planned by now. */
export function approveRule(rules: RuleStore, rule: WatchRule, nowMs: number): WatchRule {
  return rules.update(rule.id, { followApprovedAtMs: nowMs }) ?? rule
}
