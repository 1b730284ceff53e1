/** Settings and rules in a file: written without anything secret, and read without trusting it. */
import { isAbsolute } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parseDestination } from '#main/destination/parse-destination.ts'
import type { RuleStore } from '#main/store/rule-store.ts'
import {
  PORTABLE_RULE_PARTS,
  PORTABLE_SETTINGS,
  type PortableFile,
  type PortablePlan,
  portableFileSchema,
} from '#shared/contract/portable-channels.ts'
import type { AppSettings, SettingsChange } from '#shared/contract/settings-schema.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { isDestination } from '#shared/model/given-destination.ts'
import { MOST_PORTABLE_CHARACTERS } from '#shared/model/portable.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { demandPlaceForDocuments } from './adding/document-place.ts'
import { fitRule } from './watching/fit-rule.ts'
import { wishedRule } from './watching/rule-view.ts'

export const PORTABLE_FILE_NAME = 'feidi-settings.json'

type PortableRule = PortableFile['rules'][number]

/** Returns settings and rules as the text of a file. */
export function portableText(settings: AppSettings, rules: readonly WatchRule[]): string {
  const file: PortableFile = {
    kind: 'feidi-settings',
    version: 1,
    settings: Object.fromEntries(PORTABLE_SETTINGS.map((name) => [name, settings[name]])),
    rules: rules.map(portableRule),
  }
  return `${JSON.stringify(portableFileSchema.parse(file), null, 2)}\n`
}

function portableRule(rule: WatchRule): PortableRule {
  const { destination, maximumBytes = null, shareWith = null } = rule
  const named = { ...rule, maximumBytes, shareWith, destination: formatDestination(destination) }
  // A later version may have written more into a rule.
  const parts = PORTABLE_RULE_PARTS.flatMap((name) => {
    return named[name] === undefined ? [] : [[name, named[name]]]
  })
  return Object.fromEntries(parts) as PortableRule
}

/**
 * Reads such a text.
 * @throws TransferError `settings-file-invalid`, which names the first place that does not fit
 */
export function readPortable(text: string): PortableFile {
  if (text.length > MOST_PORTABLE_CHARACTERS) throw invalid('too large')
  const checked = portableFileSchema.safeParse(parsed(text))
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw invalid([issue?.path.join('.'), issue?.code].filter(Boolean).join(': '))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw invalid('JSON')
  }
}

function invalid(detail: string): TransferError {
  return new TransferError('settings-file-invalid', { detail: detail.slice(0, 200) })
}

/** Returns what a file would change, besides what is locked here. */
export function planOf(
  file: PortableFile,
  present: AppSettings,
  locked: readonly string[],
): PortablePlan {
  const named = PORTABLE_SETTINGS.filter((name) => name in file.settings && !locked.includes(name))
  return {
    settings: named.filter((name) => !isDeepStrictEqual(file.settings[name], present[name])),
    rules: file.rules.map(({ folder, destination, shareWith, allowSensitive }) => {
      return { folder, destination, shareWith, allowSensitive }
    }),
  }
}

/** Returns the settings that are to change. */
export function changeOf(file: PortableFile, { settings }: PortablePlan): SettingsChange {
  return Object.fromEntries(settings.map((name) => [name, file.settings[name]]))
}

export interface ImportPlace {
  readonly home: string
  readonly rules: RuleStore
  /** The account that the rules are to have. */
  readonly account: string | undefined
  /** @throws TransferError when a folder may not be watched here */
  readonly admit: (folder: string) => Promise<string>
  readonly nowMs: number
}

export interface ImportedRules {
  readonly added: readonly WatchRule[]
  readonly refused: readonly { readonly folder: string; readonly error: ErrorInfo }[]
}

/** Adds the rules of a file, paused: nothing is uploaded before a person has resumed them. */
export async function importRules(file: PortableFile, place: ImportPlace): Promise<ImportedRules> {
  const added: WatchRule[] = []
  const refused: ImportedRules['refused'][number][] = []
  for (const rule of file.rules) {
    try {
      added.push(await importRule(rule, place))
    } catch (error) {
      if (!(error instanceof TransferError)) throw error
      refused.push({ folder: rule.folder, error: infoOfThrown(error, place.nowMs) })
    }
  }
  return { added, refused }
}

async function importRule(rule: PortableRule, place: ImportPlace): Promise<WatchRule> {
  const { home, rules, account, nowMs } = place
  const destination = destinationOf(rule)
  demandPlaceForDocuments(destination, rule)
  if (!isAbsolute(rule.folder))
    throw new TransferError('folder-not-allowed', { detail: rule.folder })
  const folder = await place.admit(rule.folder)
  const wishes = { ...rule, folder, enabled: false, account: null }
  const known = { id: '', account, createdAtMs: nowMs, realFolder: undefined }
  const fitted = await fitRule(wishedRule(wishes, destination, known), {
    others: rules.list(),
    home,
    isNoticingSaid: rule.noticing !== null,
  })
  const fatal = fitted.problems.find(({ isFatal }) => isFatal)
  if (fatal !== undefined) throw new TransferError(fatal.code, { detail: fatal.detail })
  const { id: _, createdAtMs: __, ...stored } = fitted.rule
  return rules.add(stored, nowMs)
}

/** @throws TransferError for what is no complete destination: a file names it as Feidi wrote it */
function destinationOf({ destination: text }: PortableRule): Destination {
  const { destination } = parseDestination(text)
  if (destination.kind === 'file') throw new TransferError('one-file-only')
  if (!isDestination(destination)) {
    throw new TransferError('settings-file-invalid', { detail: text })
  }
  return destination
}
