import { z } from 'zod'
import type { QuotaStore } from '#main/engine/ports.ts'
import { bytesSchema } from '#shared/model/numbers.ts'
import type { Database } from './late-statements.ts'
import { readRow } from './row-schemas.ts'

const usageSchema = z.object({ endpoint: z.string(), calls: bytesSchema })

/** The ledger of calls of a home. */
export interface QuotaLedger extends QuotaStore {
  /** All calls ever counted, of all apps: it only grows. */
  callsEver(): number
}

/** The day's calls, counted on disk before each one leaves. */
export function createQuotaStore(database: Database): QuotaLedger {
  const count = database.prepare(`
    INSERT INTO quota (app_key, endpoint, day_key, calls, last_at_ms) VALUES (?, ?, ?, 1, ?)
    ON CONFLICT DO UPDATE SET calls = calls + 1, last_at_ms = excluded.last_at_ms
    RETURNING calls`)
  const select = database.prepare(
    'SELECT calls FROM quota WHERE app_key = ? AND endpoint = ? AND day_key = ?',
  )
  const selectLast = database.prepare(
    'SELECT max(last_at_ms) AS at FROM quota WHERE app_key = ? AND endpoint = ?',
  )
  const selectUsage = database.prepare(
    'SELECT endpoint, calls FROM quota WHERE app_key = ? AND day_key = ? ORDER BY endpoint',
  )

  const selectEver = database.prepare('SELECT calls FROM quota_total WHERE key = 1')

  return {
    countCall(appKey, endpoint, dayKey, atMs) {
      // In the WAL it survives the end of the process, which is what counts here. Waiting for the disk
      // as well would double what a part costs, to save a few counts from a power cut.
      database.exec('PRAGMA synchronous = NORMAL')
      try {
        return Number(count.get(appKey, endpoint, dayKey, atMs)?.['calls'])
      } finally {
        database.exec('PRAGMA synchronous = FULL')
      }
    },
    callsUsed(appKey, endpoint, dayKey) {
      return Number(select.get(appKey, endpoint, dayKey)?.['calls'] ?? 0)
    },
    lastCallAtMs(appKey, endpoint) {
      const at = selectLast.get(appKey, endpoint)?.['at']
      return readRow(z.number().nullable(), at, 'the last call') ?? undefined
    },
    usage(appKey, dayKey) {
      return selectUsage.all(appKey, dayKey).map((row) => readRow(usageSchema, row, 'the quota'))
    },
    callsEver: () => Number(selectEver.get()?.['calls'] ?? 0),
  }
}
