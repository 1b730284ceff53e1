import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import type { Column } from './columns.ts'
import type { RowLabels } from './row-labels.ts'

/** The part of a row that the table decides. */
export interface RowPlace {
  readonly index: number
  readonly top: number
  readonly isChosen: boolean
  readonly isCurrent: boolean
  readonly labels: RowLabels
  readonly columns: readonly Column[]
  /** The edge at which a dragged row would be put. */
  readonly drop?: 'before' | 'after' | undefined
}

interface RowShellProps extends RowPlace {
  readonly name: string
  readonly kind: '' | 'group' | 'nested'
  /** Of a group. */
  readonly isOpen?: boolean
  readonly isMovable?: boolean
  readonly cells: Readonly<Record<Column, ReactNode>>
}

/** The line of the table that a file and a group have in common. The table hears clicks. */
export function RowShell(props: RowShellProps) {
  const { index, top, isChosen, isCurrent, labels, columns, drop } = props
  const { name, kind, isOpen, isMovable, cells } = props
  const level = { '': undefined, group: 1, nested: 2 }[kind]
  const classes = ['row', kind, isCurrent && 'current', drop && `drop-${drop}`]
  return (
    <div
      id={`row-${index}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-expanded={isOpen}
      aria-selected={isChosen}
      data-index={index}
      draggable={isMovable}
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="cell-check">
        <input
          type="checkbox"
          className="check"
          tabIndex={-1}
          checked={isChosen}
          readOnly
          aria-label={labels.select(name)}
        />
      </div>
      {columns.map((column) => cells[column])}
      <div role="gridcell" className="cell-more">
        <button
          type="button"
          className="button plain icon-only small"
          tabIndex={-1}
          data-more=""
          aria-haspopup="menu"
          aria-label={labels.actions(name)}
        >
          <Icon name="dots" />
        </button>
      </div>
    </div>
  )
}
