import type { QueueAction } from '../contract/queue-channels.ts'
import type { TransferStateKind } from '../model/transfer.ts'
import { kindsIn } from './state-kinds.ts'

/** The states in which an action does something: the host acts by it, and pages offer no more than that. */
export const ACTION_KINDS: Readonly<Record<QueueAction, ReadonlySet<TransferStateKind>>> = {
  // Not while finishing: whether the file is in sight by now, nobody knows.
  pause: new Set(['queued', 'preparing', 'sending', 'attaching', 'waiting']),
  resume: new Set(['paused']),
  retry: new Set(['failed', 'blocked', 'cancelled', 'waiting']),
  cancel: new Set(kindsIn('open', 'at-work', 'resting', 'needs-somebody')),
  'to-top': new Set(kindsIn('open', 'resting', 'needs-somebody')),
}
