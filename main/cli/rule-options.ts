import { type Command, Option } from 'commander'
import type { WatchedFolder } from '#main/app/watching/put-rule.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { RULE_OPTIONS, type RuleOption } from '#shared/model/rule-options.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { demandNoDocumentOptions, personOf, readDocumentOptions } from './handling-options.ts'
import { optional, wrong } from './option-values.ts'
import { helpIn } from './spoken-command.ts'
import { parseBytes, parseDuration } from './units.ts'

/** The options that describe a watch rule, as commander collects them; absent: as it is, or the default. */
export interface RuleOptions {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** False: no one (any more). */
  readonly shareWith?: string | false
  /** False: all files stay files. */
  readonly asDocument?: readonly string[] | false
  readonly tables?: string
  readonly orFile?: boolean
  /** Those of `RULE_OPTIONS`, by their flag. */
  readonly [attribute: string]: unknown
}

const PLACEHOLDERS = { choice: 'what', size: 'size', time: 'time' } as const

export function addRuleOptions(command: Command, language: Language): Command {
  const help = helpIn(language)
  command
    .option('--include <pattern>', help('include'), collect)
    .option('--exclude <pattern>', help('exclude'), collect)
    .option('--share-with <who>', help('ruleShareWith'))
    .addOption(new Option('--no-share-with').hideHelp())
    .option('--as-document <pattern>', help('ruleAsDocument'), collectDocuments)
    .addOption(new Option('--no-as-document').hideHelp())
    .option('--tables <what>', help('tables'))
    .option('--or-file', help('orFile'))
  for (const option of RULE_OPTIONS) {
    const { key, flag, kind } = option
    const meaning = t(language, `ruleOption.${key}`)
    if (kind === 'switch') addSwitch(command, flag, meaning, isUsuallyOn(option))
    else command.option(`--${flag} <${PLACEHOLDERS[kind]}>`, meaning)
  }
  return command
}

/** Both ways can be said, so that a stored rule can be changed back; help tells the unusual one. */
function addSwitch(command: Command, flag: string, meaning: string, isOn: boolean): void {
  const on = new Option(`--${flag}`, meaning).hideHelp(isOn)
  const off = new Option(`--no-${flag}`, meaning).default(undefined).hideHelp(!isOn)
  // The other order would turn it on where nothing is said.
  command.addOption(on).addOption(off)
}

function isUsuallyOn({ key, on }: Extract<(typeof RULE_OPTIONS)[number], { kind: 'switch' }>) {
  return WATCH_RULE_DEFAULTS[key] === on
}

/**
 * Returns what the options say about a rule, and nothing about the rest.
 * @throws TransferError `usage` for a value that makes no sense
 */
export function readRuleOptions(options: RuleOptions): WatchedFolder['said'] {
  const { include, exclude, shareWith } = options
  const said = RULE_OPTIONS.flatMap((option) => {
    const given = options[attributeOf(option.flag)]
    return given === undefined ? [] : [[option.key, readValue(option, given)]]
  })
  return {
    ...(include !== undefined && { include }),
    ...(exclude !== undefined && { exclude: [...DEFAULT_EXCLUDES, ...exclude] }),
    ...(Object.fromEntries(said) as WatchedFolder['said']),
    ...(shareWith !== undefined && { shareWith: personOf(shareWith || undefined) }),
    ...readDocuments(options),
  }
}

function readDocuments({
  asDocument,
  tables,
  orFile,
}: RuleOptions): Pick<WatchedFolder['said'], 'asDocument'> {
  const wishes = {
    ...(tables !== undefined && { tables }),
    ...(orFile !== undefined && { orFile }),
  }
  if (asDocument) return { asDocument: { ...readDocumentOptions(wishes), patterns: asDocument } }
  demandNoDocumentOptions(wishes)
  return asDocument === false ? { asDocument: undefined } : {}
}

/** The name that commander gives to an option. */
function attributeOf(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

function readValue(option: RuleOption, given: unknown): unknown {
  if (option.kind === 'switch') return given === true ? option.on : option.off
  const text = String(given)
  if (option.kind === 'choice') {
    if (Object.hasOwn(option.values, text)) return option.values[text]
    throw wrong(`--${option.flag}`, text, Object.keys(option.values).join(', '))
  }
  const parse = option.kind === 'size' ? parseBytes : parseDuration
  return optional(text, parse, `--${option.flag}`, option.example)
}

/** Collects patterns; `--no-as-document` before them counts as none. */
function collectDocuments(value: string, before: readonly string[] | boolean = []): string[] {
  return collect(value, typeof before === 'boolean' ? [] : before)
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
