import type { z } from 'zod'
import { type TimelineEntry, timelineEntrySchema } from '#shared/contract/transfer-channels.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'

interface Timeline {
  readonly entries: TimelineEntry[]
  /** Entries cut out of the middle of a long history. */
  readonly omitted: number
}

/** The events of each transfer, for people to read; no decision depends on them. */
export interface TimelineStore {
  /** Several entries, in one commit. Those of unknown transfers are dropped. */
  append(entries: readonly { readonly id: string; readonly entry: TimelineEntry }[]): void
  read(id: string): Timeline
}

/** Of a long history the beginning and the end are kept. */
const FIRST_KEPT = 20
const LAST_KEPT = 180

const entrySchema = jsonText(timelineEntrySchema) satisfies z.ZodType<TimelineEntry>

export function createTimelineStore(database: Database): TimelineStore {
  const insert = database.prepare(`
    INSERT INTO timeline
    SELECT key, ifnull((SELECT max(number) + 1 FROM timeline WHERE transfer = key), 0), :entry
    FROM transfers WHERE id = :id RETURNING transfer, number`)
  const trim = database.prepare('DELETE FROM timeline WHERE transfer = ? AND number = ?')
  const select = database.prepare(`
    SELECT number, entry FROM timeline
    WHERE transfer = (SELECT key FROM transfers WHERE id = ?) ORDER BY number`)
  return {
    append(entries) {
      inTransaction(database, () => {
        for (const { id, entry } of entries) {
          const row = insert.get({ id, entry: JSON.stringify(entry) })
          if (row === undefined) continue
          const outdated = Number(row['number']) - LAST_KEPT
          if (outdated >= FIRST_KEPT) trim.run(Number(row['transfer']), outdated)
        }
      })
    },
    read(id) {
      const rows = select.all(id)
      const entries = rows.map((row) => readRow(entrySchema, row['entry'], `the timeline of ${id}`))
      const last = rows.at(-1)
      const omitted = last === undefined ? 0 : Number(last['number']) + 1 - rows.length
      return { entries, omitted }
    },
  }
}
