/** The actions on rows, wherever they are requested: keys, menus, buttons, the drawer. */

import type { RequestOutput } from '#shared/contract/contract.ts'
import type { QueueAction, QueueSelection } from '#shared/contract/queue-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { ACTION_KINDS } from '#shared/transfer/action-kinds.ts'
import { bridge } from '../../data/bridge.ts'
import { saveAsFile } from '../../data/save-as-file.ts'
import { say } from '../../data/text.ts'
import { toastError } from '../../ui/feedback.ts'
import { toast, toastAmount } from '../../ui/toasts.tsx'

const ASK_ABOVE_BYTES = 100 * 1_024 * 1_024
const ASK_FROM_UPLOADS = 1_000

/** The uploads and bytes that a cancellation would end. */
export type AtStake = RequestOutput<'queue.at-stake'>

const DONE_WORDS = {
  pause: 'pausedFiles',
  resume: 'resumedFiles',
  retry: 'retriedFiles',
  'as-file': 'retriedFiles',
  cancel: 'cancelledFiles',
  'to-top': 'movedFiles',
  remove: 'removedFiles',
  clear: 'clearedFiles',
} as const satisfies Record<QueueAction, string>

/** Checks whether an action is offered for a transfer in this state. */
export function makesSense(action: QueueAction, kind: TransferStateKind): boolean {
  return ACTION_KINDS[action].includes(kind)
}

/** Returns the name of the button that retries: what only waits has not failed. */
export function retryWords(kind: TransferStateKind): 'tryNow' | 'retry' {
  return kind === 'waiting' ? 'tryNow' : 'retry'
}

/**
 * Returns the uploads and bytes that an action would end, when they are enough to ask first. The host is asked: rows out of
 * sight count too.
 */
export async function atStake(
  action: QueueAction,
  selection: QueueSelection,
): Promise<AtStake | undefined> {
  if (action !== 'cancel') return undefined
  const answer = await bridge.request('queue.at-stake', { selection })
  if (!answer.ok) return undefined
  const { sentBytes, transfers } = answer.value
  return sentBytes > ASK_ABOVE_BYTES || transfers >= ASK_FROM_UPLOADS ? answer.value : undefined
}

export async function act(action: QueueAction, selection: QueueSelection): Promise<void> {
  const answer = await bridge.request('queue.act', { selection, action })
  if (!answer.ok) {
    toastError(answer.error)
    return
  }
  const { changed, undo } = answer.value
  if (changed === 0) return
  toastDone(DONE_WORDS[action], changed, undo?.token)
}

/** Says that something was done to so many, and offers to take it back. */
function toastDone(
  kind: (typeof DONE_WORDS)[QueueAction],
  count: number,
  undoToken: string | undefined,
): void {
  const words = (sum: number) => say(kind, { count: sum })
  toastAmount({ kind, count, words, undo: wayBack(undoToken) })
}

/** Returns the button that takes something back; undefined where nothing can. */
export function wayBack(undoToken: string | undefined) {
  if (undoToken === undefined) return undefined
  return { label: say('undo'), run: () => void undo(undoToken) }
}

async function undo(token: string): Promise<void> {
  const answer = await bridge.request('queue.undo', { token })
  if (!answer.ok) {
    toastError(answer.error)
    return
  }
  const { restored, kept } = answer.value
  if (kept > 0) toast(say('undoneSome', { count: kept }))
  else if (restored === 0) toast(say('undoTooLate'))
}

/** The person has looked: this file in Feishu is theirs. */
export async function confirmMine(id: string, fileToken: string): Promise<void> {
  const answer = await bridge.request('queue.confirm', { id, fileToken })
  if (!answer.ok) toastError(answer.error)
}

/** Asked for again, they go up once more. */
export async function forgetFiles(rows: readonly TransferRow[]): Promise<void> {
  const answer = await bridge.request('queue.forget', { ids: rows.map(({ id }) => id) })
  if (!answer.ok) {
    toastError(answer.error)
    return
  }
  const count = answer.value.forgotten
  toast(say('forgotFiles', { count }))
}

export async function showInFolder(id: string): Promise<void> {
  const answer = await bridge.request('transfer.reveal', { id })
  if (!answer.ok) toastError(answer.error)
}

/** Saves the full record of a finished upload as a file. */
export async function saveReceipt(id: string): Promise<void> {
  const answer = await bridge.request('transfer.receipt', { id })
  if (answer.ok) saveAsFile(answer.value.fileName, answer.value.text, 'application/json')
  else toastError(answer.error)
}
