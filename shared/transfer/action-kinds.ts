import type { QueueAction } from '../contract/queue-channels.ts'
import type { TransferStateKind } from '../model/transfer.ts'
import { ENDED, IDLE, IN_QUEUE, IN_TROUBLE, PENDING, SETTLED, UNFINISHED } from './state-kinds.ts'

/** The states in which an action does something: the host acts by it, and pages offer no more than that. */
export const ACTION_KINDS: Readonly<Record<QueueAction, readonly TransferStateKind[]>> = {
  // Not while finishing: it is not known whether the file is in sight by now.
  pause: PENDING.filter((kind) => kind !== 'finishing'),
  resume: ['paused'],
  retry: [...IN_TROUBLE, 'cancelled'],
  // A file that could not become a document is uploaded as it is.
  'as-file': ['failed'],
  cancel: UNFINISHED,
  // A failed file comes to no turn, wherever it stands.
  'to-top': IDLE.filter((kind) => IN_QUEUE.includes(kind)),
  remove: ENDED,
  clear: SETTLED,
}
