import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { QueueFilter } from '#shared/contract/queue-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { leaveFocus, takeFocus } from './list-focus.ts'
import { QueueRow } from './queue-row.tsx'
import { useRowLabels } from './row-labels.ts'
import type { RowWindow } from './row-window.ts'
import { type Chosen, chosenCount, isChosen, NOTHING_CHOSEN, toggled } from './selection.ts'
import { nextSort, type Sort } from './sort.ts'

const ROW_HEIGHTS = { comfortable: 44, compact: 32 } as const
const SPARE_ROWS = 4
const MOST_RANGE_ROWS = 5_000
const RANGE_STEP = 500

interface QueueTableProps {
  readonly window: RowWindow<TransferRow>
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
  readonly onMenu: (row: TransferRow, at: { x: number; y: number }) => void
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
  } = props
  const t = useText()
  const labels = useRowLabels()
  const language = useLanguage()
  const rowHeight = ROW_HEIGHTS[useApp().settings.density]
  const anchor = useRef(0)
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
    if (isDrawerOpen && row !== undefined) onOpen(row)
    if (extend) void chooseRange(anchor.current, next)
    else anchor.current = next
  }

  const chooseRange = async (one: number, other: number) => {
    const start = Math.min(one, other)
    const end = Math.min(Math.max(one, other) + 1, start + MOST_RANGE_ROWS)
    const ids = await idsBetween(rows, { ...filter, sort }, start, end)
    onChosen({ kind: 'some', ids: new Set(ids) })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight))
    const row = rows.at(current)
    if (step !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      moveTo(step === 'first' ? 0 : step === 'last' ? total - 1 : current + step, event.shiftKey)
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      onChosen({ kind: 'everything' })
    } else if (row === undefined) {
      return
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen(row)
    } else if (event.key.toLowerCase() === 'x') {
      onChosen(toggled(chosen, row.id))
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault()
      const box = document.getElementById(`row-${current}`)?.getBoundingClientRect()
      if (box) onMenu(row, { x: box.left + 48, y: box.bottom })
    }
  }

  const rowOf = (event: MouseEvent): { row: TransferRow; index: number } | undefined => {
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
      onChosen(toggled(chosen, row.id))
    } else {
      anchor.current = index
      onChosen(NOTHING_CHOSEN)
      onOpen(row)
    }
  }

  const onContextMenu = (event: MouseEvent) => {
    const hit = rowOf(event)
    if (hit === undefined) return
    event.preventDefault()
    onCurrent(hit.index)
    if (!isChosen(chosen, hit.row.id)) onChosen(NOTHING_CHOSEN)
    onMenu(hit.row, { x: event.clientX, y: event.clientY })
  }

  return (
    <div
      ref={scroller}
      className="table"
      role="grid"
      tabIndex={0}
      aria-label={t('queue')}
      aria-rowcount={total + 1}
      aria-multiselectable="true"
      aria-activedescendant={current >= first && current <= last ? `row-${current}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenu={onContextMenu}
    >
      <Header
        sort={sort}
        onSort={onSort}
        allChosen={total > 0 && chosenCount(chosen, total) >= total}
        onToggleAll={(all) => onChosen(all ? { kind: 'everything' } : NOTHING_CHOSEN)}
      />
      <div className="rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows.at(index)
          return row === undefined ? (
            <PlaceHolder key={`place-${index}`} top={start} index={index} />
          ) : (
            <QueueRow
              key={row.id}
              row={row}
              index={index}
              top={start}
              language={language}
              isChosen={isChosen(chosen, row.id)}
              isCurrent={index === current}
              labels={labels}
            />
          )
        })}
      </div>
    </div>
  )
}

interface HeaderProps {
  readonly sort: Sort
  readonly onSort: (sort: Sort | undefined) => void
  readonly allChosen: boolean
  readonly onToggleAll: (all: boolean) => void
}

function Header({ sort, onSort, allChosen, onToggleAll }: HeaderProps) {
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
        {(['name', 'destination', 'size', 'progress', 'speed', 'state'] as const).map((column) => (
          <div
            key={column}
            role="columnheader"
            tabIndex={-1}
            className={`cell-${column}`}
            aria-sort={column === sort.by ? sort.direction : undefined}
          >
            {column === 'name' || column === 'size' ? (
              <button
                type="button"
                className="sort"
                title={t('sortBy', { column: t(column) })}
                onClick={(event) => {
                  event.stopPropagation()
                  onSort(nextSort(sort, column))
                }}
                onKeyDown={(event) => event.stopPropagation()}
              >
                {t(column)}
                {column === sort.by && (
                  <Icon name={sort.direction === 'ascending' ? 'up' : 'down'} />
                )}
              </button>
            ) : (
              t(column)
            )}
          </div>
        ))}
        <div role="columnheader" tabIndex={-1} className="cell-more">
          <span className="only-read">{t('moreActions')}</span>
        </div>
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

/** Rows at hand are taken from there, the others asked for. */
async function idsBetween(
  rows: RowWindow<TransferRow>,
  view: QueueFilter & { readonly sort: Sort },
  start: number,
  end: number,
): Promise<string[]> {
  const known = Array.from({ length: end - start }, (_, step) => rows.at(start + step)?.id)
  if (known.every((id) => id !== undefined)) return known
  const ids: string[] = []
  for (let offset = start; offset < end; offset += RANGE_STEP) {
    const limit = Math.min(RANGE_STEP, end - offset)
    const { opening } = rows
    const asked = { ...view, ...(opening !== undefined && { opening }), offset, limit }
    const answer = await bridge.request('queue.window', asked)
    if (!answer.ok) break
    ids.push(...answer.value.rows.map((row) => row.id))
  }
  return ids
}
