import type { EventEmitter } from 'node:events'

/** Tells that pages do not know the present state any more. */
export type Changes = EventEmitter<{
  /** A part of the live state. */
  changed: []
  /** A row. */
  touched: [id: string]
  /** Rows were added, have moved, or have another state; none is named when there are too many. */
  reordered: [ids: readonly string[]]
}>
