import type { Tab } from '#shared/contract/queue-channels.ts'

/** The tabs of the queue, in the order of their keys. */
export const TABS = [
  'all',
  'active',
  'waiting',
  'attention',
  'done',
  'cancelled',
] as const satisfies readonly Tab[]

/** The keys of their names. */
export const TAB_WORDS = {
  all: 'tabAll',
  active: 'tabActive',
  waiting: 'tabWaiting',
  attention: 'tabAttention',
  done: 'tabDone',
  cancelled: 'tabCancelled',
} as const satisfies Record<Tab, string>
