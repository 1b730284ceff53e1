import { resolve } from 'node:path'
import type { RuleInput, RuleView } from '#shared/contract/rule-channels.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'

export interface RuleViewContext {
  readonly nameOf: (destination: Destination) => PlaceName
  readonly linkOf: (rule: WatchRule) => string | null
}

/** A rule as a page shows it. */
export function ruleView(rule: WatchRule, { nameOf, linkOf }: RuleViewContext): RuleView {
  const {
    realFolder: _,
    followApprovedAtMs: __,
    account,
    include,
    exclude,
    maximumBytes,
    shareWith,
    destination,
    ...rest
  } = rule
  return {
    ...rest,
    account: account ?? null,
    include: [...include],
    exclude: [...exclude],
    maximumBytes: maximumBytes ?? null,
    shareWith: shareWith ?? null,
    destination,
    destinationText: formatDestination(destination),
    destinationName: nameOf(destination),
    destinationLink: linkOf(rule),
  }
}

/** Returns a page's wishes as a rule. */
export function wishedRule(
  { destination: _, account: __, maximumBytes, shareWith, noticing, folder, ...wishes }: RuleInput,
  destination: Destination,
  known: Pick<WatchRule, 'id' | 'account' | 'createdAtMs' | 'realFolder' | 'followApprovedAtMs'>,
): WatchRule {
  return {
    ...known,
    ...wishes,
    folder: resolve(folder),
    destination,
    maximumBytes: maximumBytes ?? undefined,
    shareWith: shareWith ?? undefined,
    noticing: noticing ?? 'events',
  }
}
