import type { WatchRule } from './watch-rule.ts'

/** An option that is on or off. */
interface Switch<K extends keyof WatchRule> {
  readonly key: K
  readonly flag: string
  readonly kind: 'switch'
  readonly on: WatchRule[K]
  readonly off: WatchRule[K]
}

/** An option with a few values, by the words that a person says for them. */
interface Choice<K extends keyof WatchRule> {
  readonly key: K
  readonly flag: string
  readonly kind: 'choice'
  readonly values: Readonly<Record<string, WatchRule[K]>>
}

interface Amount<K extends keyof WatchRule> {
  readonly key: K
  readonly flag: string
  readonly kind: 'size' | 'time'
  /** An amount as a person may say it. */
  readonly example: string
}

export type RuleOption = {
  [K in keyof WatchRule]-?: Switch<K> | Choice<K> | Amount<K>
}[keyof WatchRule]

/**
 * The options of a rule besides its patterns and the person it shares with. None of them holds a name
 * of a file or a person.
 */
export const RULE_OPTIONS = [
  { key: 'initialFiles', flag: 'only-new', kind: 'switch', on: 'only-new', off: 'upload' },
  { key: 'subfolders', flag: 'flatten', kind: 'switch', on: 'flatten', off: 'mirror' },
  {
    key: 'onChange',
    flag: 'on-change',
    kind: 'choice',
    values: { again: 'upload-again', overwrite: 'overwrite', ignore: 'ignore' },
  },
  {
    key: 'onVanished',
    flag: 'on-vanished',
    kind: 'choice',
    values: { tell: 'tell', again: 'again' },
  },
  { key: 'settleMs', flag: 'settle', kind: 'time', example: '3s' },
  { key: 'minimumBytes', flag: 'min-size', kind: 'size', example: '10K' },
  { key: 'maximumBytes', flag: 'max-size', kind: 'size', example: '2G' },
  { key: 'recursive', flag: 'recursive', kind: 'switch', on: true, off: false },
  { key: 'followLinks', flag: 'follow-links', kind: 'switch', on: true, off: false },
  { key: 'allowSensitive', flag: 'allow-sensitive', kind: 'switch', on: true, off: false },
  { key: 'dedupe', flag: 'dedupe', kind: 'switch', on: true, off: false },
  { key: 'overflowFolders', flag: 'overflow', kind: 'switch', on: true, off: false },
  { key: 'follow', flag: 'follow', kind: 'switch', on: true, off: false },
  { key: 'noticing', flag: 'poll', kind: 'switch', on: 'polling', off: 'events' },
] as const satisfies readonly RuleOption[]
