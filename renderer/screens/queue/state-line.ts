import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { TransferState } from '#shared/model/transfer.ts'
import { describePlanned, describeState } from '#shared/text/describe.ts'
import { formatDuration, formatWhen } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { waitEndMs } from '#shared/transfer/quota-day.ts'
import { shareOfFile } from '#shared/transfer/work-size.ts'
import { say } from '../../data/text.ts'

/** A wait longer than this is told as the time it ends, a shorter one counts down. */
const LONGEST_COUNTDOWN_MS = 10 * 60_000

export type Tone = 'calm' | 'active' | 'good' | 'attention' | 'bad'

/** Returns the state in words, with the reason and the time it resumes. */
export function stateLine(row: TransferRow, language: Language, nowMs: number): string {
  const words = describeState(row, language)
  const { state } = row
  if (state.kind === 'sending') return withTimeLeft(row, words, language, nowMs)
  const { planned } = row
  if (state.kind === 'queued' && planned !== undefined)
    return describePlanned(planned, language, nowMs)
  if (state.kind !== 'waiting' || state.reason === 'network') return words
  if (state.reason === 'file-busy' || state.reason === 'file-changing') return words
  // Calls may be back before it is this file's turn.
  const backAtMs = waitEndMs(state.error.code, state.untilMs, state.error.atMs)
  const endMs = Math.max(backAtMs, planned?.fromMs ?? 0)
  const leftMs = endMs - nowMs
  if (leftMs <= 0) return words
  return leftMs <= LONGEST_COUNTDOWN_MS
    ? say('goesOnIn', { words, time: formatDuration(leftMs, language) })
    : say('goesOnAt', { words, time: formatWhen(endMs, language, nowMs) })
}

function withTimeLeft(row: TransferRow, words: string, language: Language, nowMs: number): string {
  const leftMs = row.doneAtMs === null ? 0 : row.doneAtMs - nowMs
  if (leftMs <= 0) return words
  return `${words} · ${say('left', { time: formatDuration(leftMs, language) })}`
}

/** Returns a row's progress from 0 to 1. */
export function shareOf({ state, movedBytes, sizeBytes }: TransferRow): number {
  return state.kind === 'done' ? 1 : shareOfFile(movedBytes, sizeBytes)
}

const TONES: Readonly<Record<TransferState['kind'], Tone>> = {
  queued: 'calm',
  preparing: 'active',
  sending: 'active',
  finishing: 'active',
  attaching: 'active',
  waiting: 'calm',
  paused: 'calm',
  blocked: 'attention',
  failed: 'bad',
  skipped: 'calm',
  cancelled: 'calm',
  done: 'good',
}

export function toneOf(kind: TransferState['kind']): Tone {
  return TONES[kind]
}
