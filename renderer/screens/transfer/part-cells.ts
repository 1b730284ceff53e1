import type { PartMap } from '#shared/contract/transfer-channels.ts'

/** More cells than this can neither be told apart nor drawn often. */
const MOST_CELLS = 2_000

export interface Cell {
  /** Its first seq. */
  readonly from: number
  /** Parts it stands for. */
  readonly count: number
  readonly acknowledged: number
  readonly inFlight: number
}

/** The cells of a part map; above 2,000 parts a cell stands for several. */
export function cellsOf({ count, runs }: PartMap): Cell[] {
  const perCell = Math.max(1, Math.ceil(count / MOST_CELLS))
  const cells = Array.from({ length: Math.ceil(count / perCell) }, (_, index) => ({
    from: index * perCell,
    count: Math.min(perCell, count - index * perCell),
    acknowledged: 0,
    inFlight: 0,
  }))
  for (const run of runs) {
    const first = Math.floor(run.from / perCell)
    const last = Math.min(Math.floor(run.to / perCell), cells.length - 1)
    for (let index = first; index <= last; index++) {
      const cell = cells[index]
      if (cell === undefined) continue
      const from = Math.max(run.from, cell.from)
      const to = Math.min(run.to, cell.from + cell.count - 1)
      cell[run.state === 'acknowledged' ? 'acknowledged' : 'inFlight'] += to - from + 1
    }
  }
  return cells
}
