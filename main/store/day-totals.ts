import { z } from 'zod'
import { bytesSchema, countSchema } from '#shared/model/numbers.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'

const uploadedSchema = z.object({ day: z.string(), files: countSchema, bytes: bytesSchema })
const callsSchema = z.object({ day: z.string(), calls: countSchema })

/** The uploads and calls of each day, as far as the home remembers. Days are `YYYY-MM-DD`. */
export interface DayTotals {
  /** Uploaded files and their bytes, by days of this computer's clock. */
  uploadedSince(fromMs: number): readonly z.output<typeof uploadedSchema>[]
  /** Calls of all apps, by the days of Feishu's quota. */
  callsSince(day: string): readonly z.output<typeof callsSchema>[]
}

export function createDayTotals(database: Database): DayTotals {
  // By the expression of the index `transfers_by_end`.
  const uploaded = database.prepare(`
    SELECT date(ifnull(finished_at_ms, queued_at_ms) / 1000, 'unixepoch', 'localtime') AS day,
      count(*) AS files, sum(size_bytes) AS bytes
    FROM transfers WHERE kind = 'done' AND ifnull(finished_at_ms, queued_at_ms) >= ?
    GROUP BY day ORDER BY day`)
  const calls = database.prepare(`
    SELECT day_key AS day, sum(calls) AS calls FROM quota WHERE day_key >= ?
    GROUP BY day_key ORDER BY day_key`)
  return {
    uploadedSince: (fromMs) =>
      uploaded.all(fromMs).map((row) => readRow(uploadedSchema, row, 'a day')),
    callsSince: (day) => calls.all(day).map((row) => readRow(callsSchema, row, 'a day')),
  }
}
