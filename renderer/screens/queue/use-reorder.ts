/** The order of files that wait, as a person drags them or moves them by key. */
import { type DragEvent, useRef, useState } from 'react'
import type { GroupRow, QueueLine } from '#shared/contract/group-row.ts'
import { isGroup } from '#shared/contract/queue-line.ts'
import { IN_LINE } from '#shared/transfer/state-kinds.ts'
import { bridge } from '../../data/bridge.ts'
import { say } from '../../data/text.ts'
import { announce } from '../../ui/announce.ts'
import { toastError } from '../../ui/feedback.ts'
import { toastOnce } from '../../ui/toasts.tsx'
import type { RowWindow } from './row-window.ts'
import type { Chosen } from './selection.ts'
import type { Sort } from './sort.ts'

type Side = 'before' | 'after'

type FileLine = Exclude<QueueLine, GroupRow>

interface Target {
  readonly index: number
  readonly side: Side
}

const DRAG_TYPE = 'application/x-feidi-row'
/** A row that has gone out of sight meanwhile is not waited for. */
const SHOWN_WITHIN_MS = 2_000

/**
 * Checks whether a file can be put elsewhere: where the list shows the order that files go in, and
 * before it has begun. An upload that was begun goes first, so that it ends before it expires.
 */
function canMove(line: QueueLine | undefined, { by }: Sort, isGrouped: boolean): line is FileLine {
  if (line === undefined || isGroup(line) || line.sentBytes > 0) return false
  const hasOrder = by === 'queue' || (by === 'recent' && isGrouped)
  const isPlaced = hasOrder && isGrouped === (line.inGroup !== undefined)
  return isPlaced && IN_LINE.includes(line.state.kind)
}

interface ReorderOptions {
  readonly rows: RowWindow<QueueLine>
  readonly sort: Sort
  readonly chosen: Chosen
  /** The row that was moved stands here now. */
  readonly onCurrent: (index: number) => void
}

export type Reorder = ReturnType<typeof useReorder>

export function useReorder({ rows, sort, chosen, onCurrent }: ReorderOptions) {
  const [target, setTarget] = useState<Target>()
  const dragged = useRef<FileLine>(undefined)
  const isBusy = useRef(false)
  const movable = (line: QueueLine | undefined) => canMove(line, sort, rows.isGrouped)

  /** The row, with all that are chosen if it is among them. */
  const withChosen = (row: FileLine): readonly FileLine[] => {
    if (chosen.kind !== 'some' || !chosen.ids.has(row.id)) return [row]
    return rows
      .find(chosen.ids)
      .flatMap((line) => (canMove(line, sort, rows.isGrouped) && isBeside(line, row) ? [line] : []))
  }

  const move = async (row: FileLine, at: number, side: Side) => {
    const beside = rows.at(at)
    if (beside === undefined || isGroup(beside) || isBusy.current) return
    const moved = withChosen(row)
    if (moved.some(({ id }) => id === beside.id)) return
    isBusy.current = true
    const ids = moved.map(({ id }) => id)
    const answer = await bridge.request('queue.move', { ids, beside: beside.id, side })
    // The next key is about the rows as they stand then.
    if (answer.ok) await untilShown(rows, row.id, beside.id, side)
    isBusy.current = false
    if (!answer.ok) {
      toastError(answer.error)
      return
    }
    const now = rows.indexOf(row.id)
    if (now !== undefined) onCurrent(now)
    announce(say(side === 'before' ? 'movedBefore' : 'movedAfter', { name: beside.fileName }))
  }

  const end = () => {
    dragged.current = undefined
    setTarget(undefined)
  }
  /** A row that was scrolled away does not tell that its drag has ended: what is over the list may be a file. */
  const draggedIn = ({ dataTransfer }: DragEvent) =>
    dataTransfer.types.includes(DRAG_TYPE) ? dragged.current : undefined

  return {
    target,
    canMove: movable,
    /** Moves the row at a place, or the chosen ones, over the next that stays. */
    step(index: number, step: -1 | 1): void {
      const row = rows.at(index)
      if (!canMove(row, sort, rows.isGrouped)) {
        toastOnce(say('notMovable'))
        return
      }
      const moved = new Set(withChosen(row).map(({ id }) => id))
      let at = index + step
      while (moved.has(rows.at(at)?.id ?? '')) at += step
      const beside = rows.at(at)
      if (beside !== undefined && isBeside(beside, row)) {
        void move(row, at, step < 0 ? 'before' : 'after')
      }
    },
    onDragStart(event: DragEvent, row: QueueLine | undefined): void {
      if (!canMove(row, sort, rows.isGrouped)) return
      dragged.current = row
      event.dataTransfer.setData(DRAG_TYPE, row.id)
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragOver(event: DragEvent, index: number): void {
      const row = draggedIn(event)
      if (row === undefined) return
      const beside = rows.at(index)
      const isPlace = beside !== undefined && isBeside(beside, row)
      event.dataTransfer.dropEffect = isPlace ? 'move' : 'none'
      if (!isPlace) {
        setTarget(undefined)
        return
      }
      event.preventDefault()
      const box = (event.target as Element).closest('[data-index]')?.getBoundingClientRect()
      const isLower = box !== undefined && event.clientY > box.top + box.height / 2
      const side = isLower ? 'after' : 'before'
      if (target?.index !== index || target.side !== side) setTarget({ index, side })
    },
    onDrop(event: DragEvent): void {
      const row = draggedIn(event)
      if (row === undefined || target === undefined) return
      event.preventDefault()
      end()
      void move(row, target.index, target.side)
    },
    onDragEnd: end,
  }
}

/** Files of one group stay in it. */
function isBeside(line: QueueLine, row: FileLine): line is FileLine {
  return !isGroup(line) && line.inGroup === row.inGroup
}

/** The host tells of the new order, and the rows are asked for then. */
function untilShown(
  rows: RowWindow<QueueLine>,
  id: string,
  besideId: string,
  side: Side,
): Promise<void> {
  const isShown = () => {
    const [own = 0, other = 0] = [rows.indexOf(id), rows.indexOf(besideId)]
    return side === 'before' ? own < other : own > other
  }
  return new Promise((resolve) => {
    const end = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
    const stop = rows.subscribe(() => isShown() && end())
    const timer = setTimeout(end, SHOWN_WITHIN_MS)
    if (isShown()) end()
  })
}
