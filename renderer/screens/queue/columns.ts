/** The columns of the queue as a person has arranged them, on this device. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'

export const COLUMNS = [
  'name',
  'destination',
  'size',
  'progress',
  'speed',
  'state',
  'added',
] as const

export type Column = (typeof COLUMNS)[number]

interface Layout {
  readonly order: readonly Column[]
  readonly hidden: readonly Column[]
  /** In pixels; columns without one share what is left. */
  readonly widths: Readonly<Partial<Record<Column, number>>>
}

const KEY = 'queue-columns'
const AT_FIRST: Layout = { order: COLUMNS, hidden: ['added'], widths: {} }
const NARROWEST_PX = 56
const WIDEST_PX = 900

/** Widths of the table from which on there is room for a column: for it and all above, at their narrowest. */
const ROOM: Readonly<Record<Column, number>> = {
  name: 0,
  state: 0,
  progress: 460,
  size: 460,
  destination: 740,
  speed: 860,
  added: 930,
}

/** Below this width of the table, columns have the widths that fit. */
const ARRANGED_FROM_PX = 640

const WIDE: Readonly<Record<Column, string>> = {
  name: 'minmax(160px, 2.5fr)',
  destination: 'minmax(90px, 1.1fr)',
  size: '68px',
  progress: 'minmax(64px, 0.8fr)',
  speed: '76px',
  state: 'minmax(176px, 2.1fr)',
  added: 'minmax(90px, 1fr)',
}

const NARROW: Readonly<Record<Column, string>> = {
  ...WIDE,
  name: 'minmax(100px, 2fr)',
  size: '64px',
  progress: '56px',
  state: 'minmax(100px, 1.6fr)',
}

let layout = recall()
const listeners = new Set<() => void>()

function recall(): Layout {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Layout>
    const known = (stored.order ?? []).filter((each) => COLUMNS.includes(each))
    // A column of a later version stands where that puts it.
    const order = [...known, ...COLUMNS.filter((each) => !known.includes(each))]
    return { ...AT_FIRST, ...stored, order }
  } catch {
    return AT_FIRST
  }
}

function change(next: Layout): void {
  layout = next
  localStorage.setItem(KEY, JSON.stringify(next))
  for (const listener of listeners) listener()
}

/** Shows a column, or hides it. The name always stays. */
export function toggleColumn(column: Column): void {
  const { hidden } = layout
  if (column === 'name') return
  const others = hidden.filter((each) => each !== column)
  change({ ...layout, hidden: others.length < hidden.length ? others : [...hidden, column] })
}

/** Moves a column among those that are shown. */
export function moveColumn(column: Column, step: -1 | 1): void {
  const shown = layout.order.filter((each) => !layout.hidden.includes(each))
  const other = shown[shown.indexOf(column) + step]
  if (other !== undefined) placeColumn(column, other)
}

/** Puts a column where another one is. */
export function placeColumn(column: Column, target: Column): void {
  const { order } = layout
  const isAfter = order.indexOf(column) < order.indexOf(target)
  const others = order.filter((each) => each !== column)
  const at = others.indexOf(target) + (isAfter ? 1 : 0)
  change({ ...layout, order: [...others.slice(0, at), column, ...others.slice(at)] })
}

export function resizeColumn(column: Column, widthPx: number): void {
  const width = Math.round(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, widthPx)))
  change({ ...layout, widths: { ...layout.widths, [column]: width } })
}

export function resetColumns(): void {
  change(AT_FIRST)
}

export function useLayout(): Layout {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => layout,
  )
}

/** Returns the columns that there is room for, and the grid that they stand in. */
export function useColumns(table: { readonly current: HTMLElement | null }): {
  readonly columns: readonly Column[]
  readonly template: string
} {
  const { order, hidden, widths } = useLayout()
  const [roomPx, setRoomPx] = useState(() => innerWidth)
  useEffect(() => {
    const node = table.current
    if (node === null) return
    // Only the widths at which a column comes or goes matter.
    const steps = [ARRANGED_FROM_PX, ...new Set(Object.values(ROOM))].sort((a, b) => b - a)
    const measure = () => setRoomPx(steps.find((step) => node.clientWidth >= step) ?? 0)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(node)
    return () => observer.disconnect()
  }, [table])
  return useMemo(() => {
    const columns = order.filter((each) => !hidden.includes(each) && ROOM[each] <= roomPx)
    const isWide = roomPx >= ARRANGED_FROM_PX
    const widthOf = (column: Column) => {
      const width = widths[column]
      if (!isWide) return NARROW[column]
      return width === undefined ? WIDE[column] : `${width}px`
    }
    const ends = isWide ? ['40px', '36px'] : ['30px', '30px']
    return { columns, template: [ends[0], ...columns.map(widthOf), ends[1]].join(' ') }
  }, [order, hidden, widths, roomPx])
}
