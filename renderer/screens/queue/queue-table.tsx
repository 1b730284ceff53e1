import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { QueueLine } from '#shared/contract/group-row.ts'
import type { QueueFilter } from '#shared/contract/queue-channels.ts'
import { isGroup } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { useApp } from '../../data/app.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { askToLook, isLookKey, offerSteps } from '../look/look-request.ts'
import { useColumns } from './columns.ts'
import { GroupLine } from './group-row.tsx'
import { leaveFocus, takeFocus } from './list-focus.ts'
import { ask } from './open-window.ts'
import { QueueRow } from './queue-row.tsx'
import { useRowLabels } from './row-labels.ts'
import type { RowWindow } from './row-window.ts'
import { type Chosen, chosenLines, isChosen, NOTHING_CHOSEN, toggled } from './selection.ts'
import type { Sort } from './sort.ts'
import { TableHeader } from './table-header.tsx'
import type { Reorder } from './use-reorder.ts'

const ROW_HEIGHTS = { comfortable: 44, compact: 32 } as const
/** Room for the whole reason why a file has stopped. */
const REASON_ROW_HEIGHT = 60
const SPARE_ROWS = 4
const MOST_RANGE_ROWS = 5_000
const RANGE_STEP = 500

interface QueueTableProps {
  readonly window: RowWindow<QueueLine>
  readonly total: number
  readonly filter: QueueFilter
  readonly sort: Sort
  readonly onSort: (sort: Sort | undefined) => void
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly initialScrollTop: number
  readonly chosen: Chosen
  readonly onChosen: (chosen: Chosen) => void
  readonly current: number
  readonly onCurrent: (index: number) => void
  readonly onOpen: (row: TransferRow) => void
  readonly isDrawerOpen: boolean
  readonly onMenu: (row: QueueLine, at: { x: number; y: number }) => void
  readonly reorder: Reorder
  /** Folds a group, or unfolds it. */
  readonly onFold: (group: string) => void
}

/**
 * Shows the list. Only the visible rows exist; the keyboard walks through all of them. A different
 * row height requires mounting it again.
 */
export function QueueTable(props: QueueTableProps) {
  const {
    window: rows,
    total,
    filter,
    sort,
    onSort,
    scroller,
    initialScrollTop,
    chosen,
    onChosen,
    current,
    onCurrent,
    onOpen,
    isDrawerOpen,
    onMenu,
    onFold,
    reorder,
  } = props
  const t = useText()
  const labels = useRowLabels()
  const language = useLanguage()
  const { density } = useApp().settings
  const isReasonOnly = filter.tab === 'attention'
  const isTall = isReasonOnly && density === 'comfortable'
  const rowHeight = isTall ? REASON_ROW_HEIGHT : ROW_HEIGHTS[density]
  const anchor = useRef(0)
  const { columns, template } = useColumns(scroller)
  useSyncExternalStore(rows.subscribe, () => rows.version)

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: SPARE_ROWS,
    initialOffset: initialScrollTop,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height that the sizes were told by has changed
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  useEffect(() => rows.show(first, last + 1), [rows, first, last])
  useLayoutEffect(() => {
    const list = scroller.current
    if (list === null) return
    list.scrollTop = initialScrollTop
    takeFocus(list)
    return () => leaveFocus(list)
  }, [scroller, initialScrollTop])

  const moveTo = (index: number, extend: boolean) => {
    const next = Math.max(0, Math.min(index, total - 1))
    onCurrent(next)
    virtualizer.scrollToIndex(next)
    const row = rows.at(next)
    if (isDrawerOpen && row !== undefined && !isGroup(row)) onOpen(row)
    if (extend) void chooseRange(anchor.current, next)
    else anchor.current = next
  }

  const lookStep = useEffectEvent((by: 1 | -1) => {
    let next = current + by
    for (let line = rows.at(next); line !== undefined && isGroup(line); line = rows.at(next)) {
      next += by
    }
    const row = rows.at(next)
    if (row === undefined || isGroup(row)) return undefined
    moveTo(next, false)
    return row.id
  })
  useEffect(() => offerSteps((by) => lookStep(by)), [])

  const chooseRange = async (one: number, other: number) => {
    const start = Math.min(one, other)
    const end = Math.min(Math.max(one, other) + 1, start + MOST_RANGE_ROWS)
    onChosen(chosenLines(await linesBetween(rows, filter, sort, start, end)))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight))
    const row = rows.at(current)
    if (event.altKey && (step === 1 || step === -1)) {
      event.preventDefault()
      reorder.step(current, step)
    } else if (step !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      moveTo(step === 'first' ? 0 : step === 'last' ? total - 1 : current + step, event.shiftKey)
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      onChosen({ kind: 'everything' })
    } else if (row === undefined) {
      return
    } else if (foldsBy(event.key, row)) {
      event.preventDefault()
      onFold(row.group)
    } else if (event.key === 'ArrowLeft' && !isGroup(row) && row.inGroup !== undefined) {
      event.preventDefault()
      moveTo(headingAbove(current), false)
    } else if (isLookKey(event) && !isGroup(row)) {
      event.preventDefault()
      askToLook(row.id)
    } else if (event.key === 'Enter' && !isGroup(row)) {
      event.preventDefault()
      onOpen(row)
    } else if (event.key.toLowerCase() === 'x') {
      onChosen(toggled(chosen, row))
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault()
      const box = document.getElementById(`row-${current}`)?.getBoundingClientRect()
      if (box) onMenu(row, { x: box.left + 48, y: box.bottom })
    }
  }

  /** The heading of the group that a row is in, as far as it is at hand. */
  const headingAbove = (index: number): number => {
    for (let at = index; at > 0; at--) {
      const line = rows.at(at)
      if (line === undefined || isGroup(line)) return at
    }
    return 0
  }

  const rowOf = (event: MouseEvent): { row: QueueLine; index: number } | undefined => {
    const node = (event.target as Element).closest<HTMLElement>('[data-index]')
    const index = Number(node?.dataset['index'] ?? Number.NaN)
    const row = rows.at(index)
    return row === undefined ? undefined : { row, index }
  }

  const onClick = (event: MouseEvent) => {
    const hit = rowOf(event)
    if (hit === undefined) return
    const { row, index } = hit
    const target = event.target as Element
    onCurrent(index)
    scroller.current?.focus({ preventScroll: true })
    if (target.closest('[data-more]')) {
      const box = target.getBoundingClientRect()
      onMenu(row, { x: box.right - 200, y: box.bottom + 4 })
    } else if (event.shiftKey) {
      void chooseRange(anchor.current, index)
    } else if (target.closest('.cell-check') || event.ctrlKey || event.metaKey) {
      anchor.current = index
      onChosen(toggled(chosen, row))
    } else {
      anchor.current = index
      onChosen(NOTHING_CHOSEN)
      if (isGroup(row)) onFold(row.group)
      else onOpen(row)
    }
  }

  const onContextMenu = (event: MouseEvent) => {
    const hit = rowOf(event)
    if (hit === undefined) return
    event.preventDefault()
    onCurrent(hit.index)
    if (!isChosen(chosen, hit.row)) onChosen(NOTHING_CHOSEN)
    onMenu(hit.row, { x: event.clientX, y: event.clientY })
  }

  return (
    <div
      ref={scroller}
      className={isTall ? 'table tall-rows' : 'table'}
      role="treegrid"
      tabIndex={0}
      aria-label={t('queue')}
      style={{ '--columns': template } as CSSProperties}
      aria-rowcount={total + 1}
      aria-multiselectable="true"
      aria-activedescendant={current >= first && current <= last ? `row-${current}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenu={onContextMenu}
      onDragStart={(event) => reorder.onDragStart(event, rowOf(event)?.row)}
      onDragOver={(event) => reorder.onDragOver(event, rowOf(event)?.index ?? -1)}
      onDrop={reorder.onDrop}
      onDragEnd={reorder.onDragEnd}
    >
      <TableHeader
        columns={columns}
        sort={sort}
        onSort={onSort}
        allChosen={chosen.kind === 'everything'}
        onToggleAll={(all) => onChosen(all ? { kind: 'everything' } : NOTHING_CHOSEN)}
      />
      <div className="rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows.at(index)
          if (row === undefined)
            return <PlaceHolder key={`place-${index}`} top={start} index={index} />
          const shown = {
            ...{ index, language, labels, columns, top: start },
            isChosen: isChosen(chosen, row),
            isCurrent: index === current,
            drop: reorder.target?.index === index ? reorder.target.side : undefined,
          }
          return isGroup(row) ? (
            <GroupLine key={row.id} group={row} {...shown} />
          ) : (
            <QueueRow
              key={row.id}
              row={row}
              isNested={row.inGroup !== undefined}
              isMovable={reorder.canMove(row)}
              isReasonOnly={isReasonOnly}
              {...shown}
            />
          )
        })}
      </div>
    </div>
  )
}

function PlaceHolder({ top, index }: { readonly top: number; readonly index: number }) {
  const t = useText()
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      className="row place"
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="cell-name">
        <span className="only-read">{t('loading')}</span>
        <span className="ghost" />
      </div>
    </div>
  )
}

function stepOf(key: string, pageRows: number): number | 'first' | 'last' | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1
    case 'ArrowUp':
      return -1
    case 'PageDown':
      return pageRows
    case 'PageUp':
      return -pageRows
    case 'Home':
      return 'first'
    case 'End':
      return 'last'
    default:
      return undefined
  }
}

/** Checks whether a key folds or unfolds the group that a row is the heading of. */
function foldsBy(key: string, line: QueueLine): line is Extract<QueueLine, { group: string }> {
  if (!isGroup(line)) return false
  return key === 'Enter' || (line.isOpen ? key === 'ArrowLeft' : key === 'ArrowRight')
}

/** Rows at hand are taken from there, the others asked for. */
async function linesBetween(
  rows: RowWindow<QueueLine>,
  filter: QueueFilter,
  sort: Sort,
  start: number,
  end: number,
): Promise<QueueLine[]> {
  const known = Array.from({ length: end - start }, (_, step) => rows.at(start + step))
  if (known.every((line) => line !== undefined)) return known
  const lines: QueueLine[] = []
  for (let offset = start; offset < end; offset += RANGE_STEP) {
    const limit = Math.min(RANGE_STEP, end - offset)
    const answer = await ask(filter, sort, offset, limit, rows.opening)
    if (!answer.ok) break
    lines.push(...answer.value.rows)
  }
  return lines
}
