import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { shortPath } from './report/human-lines.ts'

/** A rule's folder and destination, as a person would write them. */
export function ruleWords({ folder, destination }: WatchRule): string {
  return `${shortPath(folder)} → ${formatDestination(destination)}`
}

/**
 * What is special about a rule, as the options that say so.
 * @param usualAccount whose rules are, unless something else is said
 */
export function optionsOf(rule: WatchRule, usualAccount: string | undefined): string[] {
  const usual = WATCH_RULE_DEFAULTS
  const { account = usualAccount } = rule
  const options = [
    account !== usualAccount && `--account ${account}`,
    ...rule.include.map((pattern) => `--include ${quoted(pattern)}`),
    ...rule.exclude
      .filter((pattern) => !DEFAULT_EXCLUDES.includes(pattern))
      .map((pattern) => `--exclude ${quoted(pattern)}`),
    rule.initialFiles === 'only-new' && '--only-new',
    rule.subfolders === 'flatten' && '--flatten',
    rule.onChange === 'ignore' && '--on-change ignore',
    rule.onChange === 'overwrite' && '--on-change overwrite',
    rule.onVanished === 'again' && '--on-vanished again',
    rule.settleMs !== usual.settleMs && `--settle ${rule.settleMs / 1_000}s`,
    rule.minimumBytes !== usual.minimumBytes && `--min-size ${rule.minimumBytes}`,
    rule.maximumBytes !== undefined && `--max-size ${rule.maximumBytes}`,
    !rule.recursive && '--no-recursive',
    rule.followLinks && '--follow-links',
    rule.allowSensitive && '--allow-sensitive',
    rule.dedupe && '--dedupe',
    rule.overflowFolders && '--overflow',
    rule.shareWith !== undefined && `--share-with ${rule.shareWith}`,
    rule.noticing === 'polling' && '--poll',
  ]
  return options.filter((option) => option !== false)
}

/** A rule as a line for programs. */
export function ruleJson(rule: WatchRule, state: string) {
  const { id, destination, ...rest } = rule
  return { type: 'rule', id, state, ...rest, to: formatDestination(destination) }
}

function quoted(pattern: string): string {
  return /^[\w.*/-]+$/.test(pattern) ? pattern : `'${pattern.replaceAll("'", "'\\''")}'`
}
