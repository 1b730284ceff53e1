import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { type Column, moveColumn, placeColumn, resizeColumn } from './columns.ts'
import { nextSort, type Sort } from './sort.ts'

/** Pixels that a key makes a column wider or narrower. */
const KEY_STEP_PX = 16

interface HeaderProps {
  readonly columns: readonly Column[]
  readonly sort: Sort
  readonly onSort: (sort: Sort | undefined) => void
  readonly allChosen: boolean
  readonly onToggleAll: (all: boolean) => void
}

/** Sorts by a click, moves columns by dragging or Ctrl and arrow keys, resizes them at their edge or by Alt and arrow keys. */
export function TableHeader({ columns, sort, onSort, allChosen, onToggleAll }: HeaderProps) {
  const t = useText()
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" aria-rowindex={1} tabIndex={-1} className="row head">
        <div role="columnheader" tabIndex={-1} className="cell-check">
          <input
            type="checkbox"
            className="check"
            checked={allChosen}
            aria-label={t('selectAll')}
            onChange={(event) => onToggleAll(event.target.checked)}
            onKeyDown={(event) => event.stopPropagation()}
          />
        </div>
        {columns.map((column) => (
          <ColumnHead key={column} column={column} sort={sort} onSort={onSort} />
        ))}
        <div role="columnheader" tabIndex={-1} className="cell-more">
          <span className="only-read">{t('moreActions')}</span>
        </div>
      </div>
    </div>
  )
}

interface ColumnHeadProps extends Pick<HeaderProps, 'sort' | 'onSort'> {
  readonly column: Column
}

function ColumnHead({ column, sort, onSort }: ColumnHeadProps) {
  const t = useText()
  const head = useRef<HTMLDivElement>(null)
  const widthPx = () => head.current?.offsetWidth ?? 0
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined
    if (step === undefined) return
    if (event.altKey) resizeColumn(column, widthPx() + step * KEY_STEP_PX)
    else if (event.ctrlKey || event.metaKey) moveColumn(column, step)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={head}
      role="columnheader"
      tabIndex={-1}
      className={`cell-${column}`}
      aria-sort={column === sort.by ? sort.direction : undefined}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(`feidi/column-${column}`, column)}
      onDragOver={(event) => {
        if (columnOf(event.dataTransfer.types) !== undefined) event.preventDefault()
      }}
      onDrop={(event) => {
        const moved = columnOf(event.dataTransfer.types)
        if (moved === undefined) return
        event.preventDefault()
        event.stopPropagation()
        placeColumn(moved, column)
      }}
    >
      <button
        type="button"
        className="sort"
        title={t('sortBy', { column: t(COLUMN_WORDS[column]) })}
        aria-keyshortcuts="Control+ArrowLeft Control+ArrowRight Alt+ArrowLeft Alt+ArrowRight"
        onClick={(event) => {
          event.stopPropagation()
          onSort(nextSort(sort, column))
        }}
        onKeyDown={onKeyDown}
      >
        {t(COLUMN_WORDS[column])}
        {column === sort.by && <Icon name={sort.direction === 'ascending' ? 'up' : 'down'} />}
      </button>
      <Edge column={column} widthPx={widthPx} />
    </div>
  )
}

export const COLUMN_WORDS = {
  name: 'name',
  destination: 'destination',
  size: 'size',
  progress: 'progress',
  speed: 'speed',
  state: 'state',
  added: 'addedAt',
} as const satisfies Record<Column, string>

/** The right edge of a column; the keyboard resizes at the column's name. */
function Edge({ column, widthPx }: { readonly column: Column; readonly widthPx: () => number }) {
  const start = useRef<{ x: number; width: number }>(undefined)
  const onMove = (event: PointerEvent) => {
    if (start.current === undefined) return
    resizeColumn(column, start.current.width + event.clientX - start.current.x)
  }
  return (
    <span
      className="column-edge"
      aria-hidden="true"
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width: widthPx() }
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        start.current = undefined
      }}
    />
  )
}

const MARK = 'feidi/column-'

/** The column that is dragged: only the types of what is dragged are told before the drop. */
function columnOf(types: readonly string[]): Column | undefined {
  return types.find((type) => type.startsWith(MARK))?.slice(MARK.length) as Column | undefined
}
