/** One-line descriptions of transfers and watch rules. */
import type { Planned } from '../contract/value-schemas.ts'
import type { ErrorCode } from '../errors/error-code.ts'
import { explain } from '../errors/explain.ts'
import type { Handling, Transfer, WaitReason } from '../model/transfer.ts'
import type { LeftOut, WatchState } from '../model/watch-rule.ts'
import type { RunNote } from '../model/work.ts'
import { cutOffBy, documentTypeFor } from '../transfer/as-document.ts'
import { percentOf, shareOfFile } from '../transfer/work-size.ts'
import { formatDayWithin, formatMoment, startOfDay } from './format.ts'
import type { Language } from './language.ts'
import { safeText } from './safe-text.ts'
import { t } from './t.ts'

/** Returns a transfer's state with its percentage, reason or failure. */
export function describeState(
  transfer: Pick<Transfer, 'state' | 'sentBytes' | 'sizeBytes' | 'destination' | 'fileName'> & {
    readonly handling?: Handling | undefined
    /** The bytes that have moved, where that is known. */
    readonly movedBytes?: number
  },
  language: Language,
): string {
  const { state, sentBytes, sizeBytes, movedBytes = sentBytes } = transfer
  switch (state.kind) {
    case 'sending': {
      // All bytes may have left, and the last answer still be to come.
      const percent = Math.min(99, percentOf(shareOfFile(movedBytes, sizeBytes)))
      return t(language, 'stateLine.sending', { percent })
    }
    case 'attaching':
      return t(
        language,
        documentTypeFor(transfer) === undefined
          ? `attach.${transfer.destination.kind}`
          : 'attach.document',
      )
    case 'waiting':
      return waitWords(state.reason, state.error.code, language)
    case 'blocked':
    case 'failed':
    case 'skipped': {
      const final = state.kind !== 'skipped'
      return t(language, 'stateLine.withReason', {
        state: t(language, `state.${state.kind}`),
        reason: explain(state.error, language, { final }).message,
      })
    }
    default:
      return t(language, `state.${state.kind}`)
  }
}

/** Returns what a call or a file waits for. */
export function waitWords(reason: WaitReason, code: ErrorCode, language: Language): string {
  return t(language, `wait.${QUOTA_WAITS[code] ?? reason}`)
}

/** Waits for calls that are not for the next day. */
const QUOTA_WAITS: Readonly<Partial<Record<ErrorCode, 'month' | 'share' | 'reserved' | 'hours'>>> =
  {
    99991403: 'month',
    'daily-share-used': 'share',
    'parts-reserved': 'reserved',
    'upload-hours-short': 'hours',
  }

/** Returns the day on which a queued file goes, and the reason why it does not go before. */
export function describePlanned(
  { fromMs, because, orLater }: Planned,
  language: Language,
  nowMs: number,
): string {
  // Feishu's day may begin in the middle of one of this computer's.
  const isDay = startOfDay(fromMs) === fromMs
  const words = isDay
    ? formatDayWithin(fromMs, language, nowMs)
    : formatMoment(fromMs, language, nowMs)
  const day = isDay && !orLater ? words : t(language, 'planned.orLater', { day: words })
  return t(language, `planned.${because}`, { day })
}

type DocumentNote = Extract<RunNote, { kind: 'cut' | 'as-file' | 'maybe-twice' }>

/** Returns what a person should know of a file that was to become a document. */
export function describeDocumentNote(note: DocumentNote, language: Language): string {
  const list = (items: readonly string[]) => items.join(t(language, 'failure.listSeparator'))
  switch (note.kind) {
    case 'cut': {
      const words = note.codes.map((code) => t(language, `cutOff.${cutOffBy(code)}`, { code }))
      return t(language, 'note.cut', { what: list([...new Set(words)]) })
    }
    case 'as-file': {
      const { message: why } = explain({ code: note.because, atMs: 0 }, language, { final: true })
      return t(language, 'note.asFile', { why })
    }
    case 'maybe-twice':
      return t(language, 'note.maybeTwice', { documents: list(note.documents.map(safeText)) })
  }
}

/** Returns why a rule has nothing to do for a file. */
export function describeLeftOut(
  left: {
    readonly kind: LeftOut['kind'] | 'moved' | 'copy' | 'baseline' | 'later'
    readonly pattern?: string
  },
  language: Language,
): string {
  return t(language, `leftOut.${left.kind}`, { pattern: left.pattern ?? '' })
}

/** Returns a rule's state. */
export function describeWatchState(state: WatchState, language: Language): string {
  switch (state.kind) {
    case 'watching':
      return t(language, state.waiting > 0 ? 'watch.waiting' : 'watch.watching', state)
    case 'scanning': {
      const { scanned, expected } = state
      if (expected === undefined) return t(language, 'watch.scanning', { scanned })
      return t(language, 'watch.scanningOf', { scanned, expected })
    }
    case 'checking':
      return t(language, 'watch.checking', state)
    case 'too-many-watches':
      return t(language, 'watch.too-many-watches', state)
    case 'root-missing':
    case 'paused':
      return t(language, `watch.${state.kind}`)
    default:
      return t(language, `watch.${state.kind}`, { path: state.path })
  }
}
