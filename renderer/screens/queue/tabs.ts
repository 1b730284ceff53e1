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
