/** A rule as it is being edited. */
import type { RequestInput } from '#shared/contract/contract.ts'
import type { RuleInput, RuleView } from '#shared/contract/rule-channels.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { DocumentWishes } from '../destination/document-fields.tsx'

export type PreviewRule = RequestInput<'rules.preview'>['rule']

export interface RuleDraft
  extends Omit<
    RuleInput,
    'destination' | 'account' | 'include' | 'exclude' | 'shareWith' | 'asDocument' | 'noticing'
  > {
  /** As it stands in the field; what it means is checked there. */
  readonly destinationText: string
  /** The account's identity; undefined: the account in use. */
  readonly account: string | undefined
  /** One pattern a line. */
  readonly includeText: string
  /** The person's own, one a line. */
  readonly excludeText: string
  /** Temporary files of Office, browsers and systems. */
  readonly leavesOutUsual: boolean
  /** Empty: no person. */
  readonly shareWith: string
  /** Patterns of the files that become online documents, with commas between; empty: none. */
  readonly documentText: string
  readonly documents: DocumentWishes
  readonly noticing: 'automatic' | 'events' | 'polling'
}

/** A new rule, of which as much is known. */
export interface RuleBegun {
  readonly folder?: string
  readonly destination?: string
  /** The identity of the owning account; absent: the account in use. */
  readonly account?: string
}

/** Returns the draft of a new rule, before the user changes anything. */
export function newDraft({ folder = '', destination = '', account }: RuleBegun): RuleDraft {
  const {
    account: _,
    include: __,
    exclude: ___,
    maximumBytes: ____,
    ...usual
  } = WATCH_RULE_DEFAULTS
  return {
    ...usual,
    folder,
    destinationText: destination,
    account,
    includeText: '',
    excludeText: '',
    leavesOutUsual: true,
    maximumBytes: null,
    shareWith: '',
    documentText: '',
    documents: {},
    noticing: 'automatic',
  }
}

export function draftOf(rule: RuleView): RuleDraft {
  const usual = new Set(DEFAULT_EXCLUDES)
  const leavesOutUsual = DEFAULT_EXCLUDES.every((pattern) => rule.exclude.includes(pattern))
  const own = leavesOutUsual ? rule.exclude.filter((pattern) => !usual.has(pattern)) : rule.exclude
  const { onChange, noticing } = rule
  const { patterns = [], ...documents } = rule.asDocument ?? {}
  return {
    folder: rule.folder,
    destinationText: rule.destinationText,
    account: rule.account ?? undefined,
    enabled: rule.enabled,
    recursive: rule.recursive,
    includeText: rule.include.join('\n'),
    excludeText: own.join('\n'),
    leavesOutUsual,
    initialFiles: rule.initialFiles,
    subfolders: rule.subfolders,
    onChange,
    onVanished: rule.onVanished,
    dedupe: rule.dedupe,
    minimumBytes: rule.minimumBytes,
    maximumBytes: rule.maximumBytes,
    settleMs: rule.settleMs,
    followLinks: rule.followLinks,
    allowSensitive: rule.allowSensitive,
    overflowFolders: rule.overflowFolders,
    follow: rule.follow,
    shareWith: rule.shareWith ?? '',
    documentText: patterns.join(', '),
    documents,
    noticing,
  }
}

/** @param destination what the destination's field has made of the text */
export function wishesOf(draft: RuleDraft, destination: string): RuleInput {
  const { destinationText: _, includeText, excludeText, leavesOutUsual, ...rest } = draft
  const { account, shareWith, documentText, documents, noticing, ...same } = rest
  const patterns = itemsOf(documentText)
  return {
    ...same,
    folder: draft.folder.trim(),
    destination,
    account: account ?? null,
    shareWith: shareWith === '' ? null : shareWith,
    ...(patterns.length > 0 && { asDocument: { ...documents, patterns } }),
    include: linesOf(includeText),
    exclude: [...(leavesOutUsual ? DEFAULT_EXCLUDES : []), ...linesOf(excludeText)],
    noticing: noticing === 'automatic' ? null : noticing,
  }
}

/** Returns the part of a draft that selects its files. */
export function selectionOf(draft: RuleDraft): PreviewRule {
  const { folder, recursive, include, exclude, ...rest } = wishesOf(draft, '')
  const { minimumBytes, maximumBytes, followLinks, allowSensitive } = rest
  const what = { minimumBytes, maximumBytes, followLinks, allowSensitive }
  return { folder, recursive, include, exclude, ...what }
}

/** Returns what stands between commas, also those of a Chinese keyboard. */
function itemsOf(text: string): string[] {
  return linesOf(text.replace(/[,，]/g, '\n'))
}

/** Returns the lines of a text that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
