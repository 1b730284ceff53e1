import { assertNever } from '../assert-never.ts'
import type { ErrorInfo } from '../errors/transfer-error.ts'
import type { DocumentType, TransferState, WaitReason } from '../model/transfer.ts'
import { IN_RUN, isEnded, RUNNABLE } from './state-kinds.ts'

/** The events that can happen to a transfer. */
export type TransferEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'finishing' }
  /** It is up, and has to be shown where it belongs: a record, a block, a grant. */
  | { readonly kind: 'attaching'; readonly fileToken: string }
  | {
      readonly kind: 'held'
      readonly reason: WaitReason
      readonly untilMs: number
      readonly error: ErrorInfo
    }
  | { readonly kind: 'interrupted' }
  /** It is where it belongs. */
  | {
      readonly kind: 'landed'
      readonly fileToken: string
      readonly recordId?: string
      readonly document?: DocumentType
      readonly finishedAtMs: number
    }
  | { readonly kind: 'skipped'; readonly error: ErrorInfo }
  | { readonly kind: 'failed'; readonly error: ErrorInfo }
  | { readonly kind: 'blocked'; readonly error: ErrorInfo }
  | { readonly kind: 'paused' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'requeued' }

/**
 * The state after an event. An event that makes no sense in a state leaves it as it is: a late
 * answer must not wake a cancelled transfer.
 */
export function nextState(state: TransferState, event: TransferEvent): TransferState {
  switch (event.kind) {
    case 'requeued':
      return state.kind === 'done' || state.kind === 'skipped' ? state : { kind: 'queued' }
    case 'landed':
      // A file that is where it belongs is done, even if the person cancelled while the answer was on its way.
      return { ...event, kind: 'done' }
    case 'cancelled':
      // A failed transfer is still a person's business until they put it away.
      return isEnded(state.kind) && state.kind !== 'failed' ? state : { kind: 'cancelled' }
    default:
      return isEnded(state.kind) ? state : whileOpen(state, event)
  }
}

function whileOpen(
  state: TransferState,
  event: Exclude<TransferEvent, { kind: 'requeued' | 'landed' | 'cancelled' }>,
): TransferState {
  switch (event.kind) {
    case 'started':
      return RUNNABLE.includes(state.kind) ? { kind: 'preparing' } : state
    case 'sending':
    case 'finishing':
      return isRunning(state) ? { kind: event.kind } : state
    case 'attaching':
      return isRunning(state) ? { kind: 'attaching', fileToken: event.fileToken } : state
    case 'held':
      return isRunning(state)
        ? { kind: 'waiting', reason: event.reason, untilMs: event.untilMs, error: event.error }
        : state
    case 'interrupted':
      return isRunning(state) ? { kind: 'queued' } : state
    case 'paused':
      return { kind: 'paused' }
    case 'skipped':
    case 'failed':
    case 'blocked':
      return { kind: event.kind, error: event.error }
    default:
      return assertNever(event)
  }
}

function isRunning(state: TransferState): boolean {
  return IN_RUN.includes(state.kind)
}
