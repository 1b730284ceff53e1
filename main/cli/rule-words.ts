import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { RULE_OPTIONS, type RuleOption } from '#shared/model/rule-options.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { type PlaceSpeech, placeText } from './place-text.ts'
import { shortPath } from './report/human-lines.ts'

/** Returns a rule's folder and destination in words. */
export function ruleWords(
  { folder, destination }: WatchRule,
  to: PlaceName,
  speech: PlaceSpeech,
): string {
  return `${shortPath(folder)} → ${placeText(destination, to, speech)}`
}

/**
 * Returns what is special about a rule, as the options that say so.
 * @param usualAccount the account of rules unless stated otherwise
 */
export function optionsOf(rule: WatchRule, usualAccount: string | undefined): string[] {
  const { account = usualAccount } = rule
  return [
    ...(account === usualAccount ? [] : [`--account ${account}`]),
    ...rule.include.map((pattern) => `--include ${quoted(pattern)}`),
    ...rule.exclude
      .filter((pattern) => !DEFAULT_EXCLUDES.includes(pattern))
      .map((pattern) => `--exclude ${quoted(pattern)}`),
    ...RULE_OPTIONS.flatMap((option) => {
      const value = rule[option.key]
      const isUsual = value === undefined || value === WATCH_RULE_DEFAULTS[option.key]
      return isUsual ? [] : [wordsOf(option, value)]
    }),
    ...(rule.shareWith === undefined ? [] : [`--share-with ${rule.shareWith}`]),
    ...documentOptionsOf(rule),
  ]
}

function documentOptionsOf({ asDocument }: WatchRule): string[] {
  if (asDocument === undefined) return []
  const { patterns, tables, orFile = false } = asDocument
  const becomes = tables === 'bitable' ? ['base'] : []
  return [
    ...patterns.map((pattern) => `--as-document ${quoted(pattern)}`),
    ...becomes.map((word) => `--tables ${word}`),
    ...(orFile ? ['--or-file'] : []),
  ]
}

function wordsOf(option: RuleOption, value: unknown): string {
  switch (option.kind) {
    case 'switch':
      return value === option.on ? `--${option.flag}` : `--no-${option.flag}`
    case 'choice': {
      const [word] = Object.entries(option.values).find(([, each]) => each === value) ?? []
      return `--${option.flag} ${word}`
    }
    case 'time':
      return `--${option.flag} ${Number(value) / 1_000}s`
    case 'size':
      return `--${option.flag} ${value}`
  }
}

/** A rule as a line for programs. */
export function ruleJson(rule: WatchRule, state: string) {
  const { id, destination, ...rest } = rule
  return { type: 'rule', id, state, ...rest, to: formatDestination(destination) }
}

function quoted(pattern: string): string {
  return /^[\w.*/-]+$/.test(pattern) ? pattern : `'${pattern.replaceAll("'", "'\\''")}'`
}
