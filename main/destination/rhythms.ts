import type { Clock } from '#main/lib/clock.ts'
import { Paced } from './paced.ts'

/** 新增记录: one write at a time to a table, half a second to a second apart. */
const TABLE_GAP_MS = 600
/** 创建块: three edits a second in one document. */
const EDIT_GAP_MS = 340

/** The pace of writes to each kind of place, regardless of the account. */
export class Rhythms {
  readonly tables: Paced
  readonly documents: Paced
  readonly sheets: Paced

  constructor(clock: Clock) {
    this.tables = new Paced(clock, TABLE_GAP_MS)
    this.documents = new Paced(clock, EDIT_GAP_MS)
    this.sheets = new Paced(clock, 0)
  }
}
