/** The person's own order of the queue. Ranks are apart from each other, so that there is room between any two. */
import { IDLE } from '#shared/transfer/state-kinds.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './late-statements.ts'
import { kindList } from './transfer-row.ts'

/** Halving a gap that is smaller would leave no number between. */
const LEAST_GAP = 1e-6
/** So many of the following ranks are given new places where a gap is used up, or as many more as it takes. */
const SPREAD = 100

/** A place in the queue; the lowest rank goes first. */
export interface Ranked {
  readonly id: string
  readonly rank: number
}

/** Every method is one commit. */
export interface QueueOrder {
  /** They go before all others from now on, in the order given. Returns them with their former places. */
  toTop(ids: readonly string[]): Ranked[]
  /** Puts them, in the order given, directly before or after another one. Returns those that were moved. */
  moveBeside(ids: readonly string[], besideId: string, side: 'before' | 'after'): string[]
  /** Gives them places that they had. Returns how many are there. */
  putBack(ranked: readonly Ranked[]): number
}

export function createQueueOrder(database: Database): QueueOrder {
  const lowestRank = database.prepare('SELECT min(rank) AS rank FROM transfers')
  const rankOf = database.prepare(
    `SELECT rank FROM transfers WHERE id = ? AND kind IN (${kindList(IDLE)})`,
  )
  const anyRank = database.prepare('SELECT rank FROM transfers WHERE id = ?')
  const setRank = database.prepare('UPDATE transfers SET rank = ? WHERE id = ?')
  /** From one rank on, each kind along its own run of the index. */
  const next = (condition: string, direction: 'ASC' | 'DESC') => {
    const runs = IDLE.map(
      (kind) => `SELECT * FROM (SELECT id, rank FROM transfers
        WHERE kind = '${kind}' AND listed = 1 AND rank ${condition}
          AND id NOT IN (SELECT value FROM json_each(:moving))
        ORDER BY rank ${direction} LIMIT :count)`,
    )
    return database.prepare(`${runs.join(' UNION ALL ')} ORDER BY rank ${direction} LIMIT :count`)
  }
  const below = next('< :rank', 'DESC')
  const above = next('> :rank', 'ASC')
  const from = next('>= :rank', 'ASC')

  /** Moves ranks from `high` on up, until `count` more have room above `low`. Returns the new end of that room. */
  const makeRoom = (low: number, high: number, count: number, moving: string): number => {
    for (let spread = SPREAD; ; spread *= 4) {
      const rows = from.all({ rank: high, moving, count: spread })
      const last = Number(rows.at(-1)?.['rank'] ?? high)
      const isAll = rows.length < spread
      const end = isAll ? last + rows.length + count : last
      const step = (end - low) / (rows.length + count + 1)
      if (step < LEAST_GAP && !isAll) continue
      for (const [index, row] of rows.entries()) {
        setRank.run(low + step * (count + 1 + index), String(row['id']))
      }
      return low + step * (count + 1)
    }
  }

  return {
    toTop: (ids) =>
      inTransaction(database, () => {
        const top = Math.min(0, Number(lowestRank.get()?.['rank'] ?? 0))
        return ids.flatMap((id, index): Ranked[] => {
          const before = rankOf.get(id)
          if (before === undefined) return []
          setRank.run(top - ids.length + index, id)
          return [{ id, rank: Number(before['rank']) }]
        })
      }),
    putBack: (ranked) =>
      inTransaction(
        database,
        () => ranked.filter(({ id, rank }) => setRank.run(rank, id).changes > 0).length,
      ),
    moveBeside: (ids, besideId, side) =>
      inTransaction(database, () => {
        const beside = anyRank.get(besideId)?.['rank']
        const moved = ids.filter((id) => id !== besideId && rankOf.get(id) !== undefined)
        if (beside === undefined || moved.length === 0) return []
        const moving = JSON.stringify(moved)
        const room = moved.length + 1
        const rank = Number(beside)
        const neighbour = (side === 'before' ? below : above).get({ rank, moving, count: 1 })
        const other = neighbour === undefined ? undefined : Number(neighbour['rank'])
        const low = side === 'after' ? rank : (other ?? rank - room)
        const known = side === 'before' ? rank : (other ?? rank + room)
        const isTight = (known - low) / room < LEAST_GAP
        const high = isTight ? makeRoom(low, known, moved.length, moving) : known
        for (const [index, id] of moved.entries()) {
          setRank.run(low + ((high - low) * (index + 1)) / room, id)
        }
        return moved
      }),
  }
}
