import { type Command, Option } from 'commander'
import type { WatchedFolder } from '#main/app/watching/put-rule.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import type { OnChange, OnVanished } from '#shared/model/watch-rule.ts'
import { personOf } from './handling-options.ts'
import { optional, wrong } from './option-values.ts'
import { parseBytes, parseDuration } from './units.ts'

type RuleWishes = Required<WatchedFolder['said']>

/** The options that describe a watch rule, as commander collects them; absent: as it is, or the default. */
export interface RuleOptions {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly onlyNew?: boolean
  readonly flatten?: boolean
  readonly onChange?: string
  readonly onVanished?: string
  readonly settle?: string
  readonly minSize?: string
  readonly maxSize?: string
  readonly recursive?: boolean
  readonly followLinks?: boolean
  readonly allowSensitive?: boolean
  readonly dedupe?: boolean
  readonly overflow?: boolean
  readonly poll?: boolean
  /** False: nobody (any more). */
  readonly shareWith?: string | false
}

const ON_CHANGE: Readonly<Record<string, OnChange>> = {
  again: 'upload-again',
  overwrite: 'overwrite',
  ignore: 'ignore',
}

/** Options that are on or off; both ways can be said, so that a stored rule can be changed back. */
const SWITCHES = [
  ['only-new', 'leave out what is there already'],
  ['flatten', 'all files into one remote folder instead of folders of the same names'],
  ['follow-links', 'follow links that lead to somewhere inside the folder'],
  ['allow-sensitive', 'also upload private keys, passwords and the like'],
  ['dedupe', 'do not upload a copy of a file that is up already'],
  ['overflow', 'go on in "name (2)" when a remote folder is full (1,500 items)'],
  ['poll', 'look every so often instead of asking the system for events (network drives)'],
] as const

export function addRuleOptions(command: Command): Command {
  command
    .option('--include <pattern>', 'only what matches, as in .gitignore; may be repeated', collect)
    .option(
      '--exclude <pattern>',
      'leave out what matches, besides the usual temporary files; !pattern takes one back',
      collect,
    )
    .option(
      '--on-change <what>',
      'a file changed that is up: again (as a new file), overwrite or ignore',
    )
    .option(
      '--on-vanished <what>',
      'a file that is up is no longer in its folder in Feishu: tell (by default) or upload it again',
    )
    .option('--settle <time>', 'a file is complete when unchanged for so long, 2s by default')
    .option('--min-size <size>', 'leave out smaller files')
    .option('--max-size <size>', 'leave out larger files')
    .option(
      '--share-with <who>',
      'open id or e-mail address of a person who may do all with what goes up',
    )
    .addOption(new Option('--no-share-with').hideHelp())
    .option('--no-recursive', 'only files directly in the folder')
    .addOption(new Option('--recursive').hideHelp())
  for (const [name, meaning] of SWITCHES) {
    command
      .option(`--${name}`, meaning)
      .addOption(new Option(`--no-${name}`).default(undefined).hideHelp())
  }
  return command
}

/**
 * What the options say about a rule, and nothing about the rest.
 * @throws TransferError `usage` for a value that makes no sense
 */
export function readRuleOptions(options: RuleOptions): WatchedFolder['said'] {
  const { include, exclude, onlyNew, flatten, poll } = options
  const wishes: { [K in keyof RuleWishes]?: RuleWishes[K] | undefined } = {
    include,
    exclude: exclude && [...DEFAULT_EXCLUDES, ...exclude],
    initialFiles: either(onlyNew, 'only-new', 'upload'),
    subfolders: either(flatten, 'flatten', 'mirror'),
    onChange: onChange(options.onChange),
    onVanished: onVanished(options.onVanished),
    settleMs: optional(options.settle, parseDuration, '--settle', '3s'),
    minimumBytes: optional(options.minSize, parseBytes, '--min-size', '10K'),
    maximumBytes: optional(options.maxSize, parseBytes, '--max-size', '2G'),
    recursive: options.recursive,
    followLinks: options.followLinks,
    allowSensitive: options.allowSensitive,
    dedupe: options.dedupe,
    overflowFolders: options.overflow,
    noticing: either(poll, 'polling', 'events'),
  }
  const said = Object.entries(wishes).filter(([, value]) => value !== undefined)
  const isShareSaid = options.shareWith !== undefined
  return {
    ...(Object.fromEntries(said) as Partial<RuleWishes>),
    ...(isShareSaid && { shareWith: personOf(options.shareWith || undefined) }),
  }
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

function either<T>(choice: boolean | undefined, yes: T, no: T): T | undefined {
  return choice === undefined ? undefined : choice ? yes : no
}

function onChange(text: string | undefined): OnChange | undefined {
  if (text === undefined) return undefined
  const value = ON_CHANGE[text]
  if (value === undefined) throw wrong('--on-change', text, 'again, overwrite, ignore')
  return value
}

function onVanished(text: string | undefined): OnVanished | undefined {
  if (text === undefined || text === 'tell' || text === 'again') return text
  throw wrong('--on-vanished', text, 'tell, again')
}
