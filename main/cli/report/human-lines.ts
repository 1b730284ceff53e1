import { isAbsolute, relative } from 'node:path'
import type { Summary, Unfinished } from '#main/app/run/reporter.ts'
import { candidatesOf } from '#main/app/settle-uncertain.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import { explain } from '#shared/errors/explain.ts'
import { type ErrorInfo, errorInfo, type TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { Hold, RunNote, TransferNote } from '#shared/model/work.ts'
import { describeDocumentNote, describeState, waitWords } from '#shared/text/describe.ts'
import { formatClock, formatWhen, isSameDay } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { progressFacts } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { waitEndMs } from '#shared/transfer/quota-day.ts'
import { percentOf } from '#shared/transfer/work-size.ts'
import { formatBytes } from '../units.ts'

/** A settled transfer in one line, or a few when something went wrong. */
export function settledLines(transfer: Transfer, language: Language): string[] | undefined {
  const { state, path, sizeBytes, pageUrl } = transfer
  switch (state.kind) {
    case 'done':
      return [
        `✓ ${shortPath(path)}  ${formatBytes(sizeBytes)}  ${t(language, 'state.done')}`,
        // A document is for reading: its link is what a person wants of it.
        ...(state.document === undefined ? [] : [`    ${pageUrl ?? state.fileToken}`]),
      ]
    case 'skipped':
      return [`- ${shortPath(path)}  ${describeState(transfer, language)}`]
    case 'failed':
    case 'blocked':
      if (candidatesOf(transfer) !== undefined) return uncertainLines(transfer, language)
      return [
        `✗ ${shortPath(path)}  ${describeState(transfer, language)}`,
        ...advice(state.error, language),
      ]
    default:
      return undefined
  }
}

/** A file that may be up, and where to look; what can be done is said once for all of them. */
export function uncertainLines(transfer: Transfer, language: Language): string[] {
  const candidates = candidatesOf(transfer) ?? []
  return [
    `? ${shortPath(transfer.path)}  ${describeState(transfer, language)}`,
    ...candidates.map(({ url, fileToken }) => `    ${url ?? fileToken}`),
  ]
}

/** A file that needed nothing. */
export function unchangedLine({ path }: Copy, language: Language): string {
  return `- ${shortPath(path)}  ${t(language, 'cli.unchanged')}`
}

/** Returns the line about how an upload relates to an earlier one. People count parts from 1. */
export function noteLine({ transfer, note }: TransferNote, language: Language): string {
  return `↻ ${shortPath(transfer.path)}  ${noteWords(note, language)}`
}

function noteWords(note: RunNote, language: Language): string {
  switch (note.kind) {
    case 'resumed':
      return t(language, 'note.resumed', { part: note.seq + 1 })
    case 'restarted':
      return t(
        language,
        note.because === 'file-changed' ? 'note.fileChanged' : 'note.transactionOver',
      )
    case 'too-slow':
      return t(language, 'note.tooSlow')
    case 'deadline-near':
      return t(language, 'note.deadlineNear', { when: formatWhen(note.untilMs, language) })
    case 'kept-both':
      return keptWords(note, language)
    case 'replaced-other':
      return t(language, 'note.replacedOther')
    case 'block-left':
      return t(language, 'note.blockLeft')
    case 'cut':
    case 'as-file':
    case 'maybe-twice':
      return describeDocumentNote(note, language)
  }
}

function keptWords(
  { because, heldBy }: Extract<RunNote, { kind: 'kept-both' }>,
  language: Language,
): string {
  const words = t(language, `kept.${because}`)
  return heldBy === undefined
    ? words
    : t(language, 'note.about', { words, path: shortPath(heldBy) })
}

/** Returns how far everything is, in the words of the window. */
export function progressLine(overall: LiveState['overall'], language: Language): string {
  const facts = progressFacts(overall, language, Date.now())
  return [`${percentOf(overall.share)}%`, ...facts].join(' · ')
}

/** Returns the lines about an error of the command as a whole. */
export function problemLines(error: TransferError, language: Language): string[] {
  const info = errorInfo(error, Date.now())
  const { message } = explain(info, language, { final: true })
  return [t(language, 'cli.error', { message }), ...advice(info, language)]
}

/** Returns the line about what is waited for, and until when. */
export function waitingLine({ reason, sinceMs, untilMs, error }: Hold, language: Language): string {
  const endMs = waitEndMs(error.code, untilMs, sinceMs)
  const isToday = isSameDay(endMs, sinceMs)
  const when = isToday ? formatClock(endMs) : formatWhen(endMs, language, sinceMs)
  return t(language, isToday ? 'cli.resumesAt' : 'cli.resumesOn', {
    words: waitWords(reason, error.code, language),
    when,
  })
}

/** The last words: what it came to, and the command that takes up what is left. */
export function summaryLines(
  summary: Summary,
  { queued, blocked, unsettled, uncertain }: Unfinished,
  language: Language,
): string[] {
  return [
    t(language, 'cli.summary', { ...summary }),
    ...(queued > 0 ? [t(language, 'cli.resumeHint')] : []),
    ...(blocked > 0 ? [t(language, 'cli.blockedHint', { count: blocked })] : []),
    ...(uncertain > 0 ? [t(language, 'cli.uncertainHint', { count: uncertain })] : []),
    ...(unsettled > 0 ? [t(language, 'cli.unsettledHint', { count: unsettled })] : []),
  ]
}

/** A path as a person at this prompt would write it: relative when it is below the present folder. */
export function shortPath(path: string): string {
  const below = relative(process.cwd(), path)
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below
}

/** Returns the remedy of a failure, and its small print. */
export function advice(error: ErrorInfo, language: Language): string[] {
  const { remedy } = explain(error, language, { final: true })
  const small = [
    t(language, 'cli.code', { code: String(error.code) }),
    ...(error.logId === undefined ? [] : [t(language, 'cli.logId', { logId: error.logId })]),
    ...(error.detail === undefined ? [] : [error.detail]),
  ]
  return [`    ${t(language, 'cli.whatToDo', { remedy })}`, `    (${small.join(' · ')})`]
}
