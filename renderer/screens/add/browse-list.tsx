import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { formatMoment } from '#shared/text/format.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { FileIcon } from '../../ui/file-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Entry, Order, OrderBy } from './browse-order.ts'

const COLUMNS: readonly (readonly [OrderBy, 'name' | 'size' | 'modified'])[] = [
  ['name', 'name'],
  ['size', 'size'],
  ['time', 'modified'],
]
const PAGE_ROWS = 10

interface BrowseListProps {
  readonly entries: readonly Entry[]
  readonly order: Order
  readonly onOrder: (by: OrderBy) => void
  /** Undefined: nothing is ticked here, a folder is opened. */
  readonly picked: ReadonlySet<string> | undefined
  readonly onToggle: (path: string) => void
  readonly onOpen: (entry: Entry) => void
  readonly onUp: () => void
  readonly onAll: () => void
  /** The entry that takes the focus when the list appears; absent: none does. */
  readonly focused: string | undefined
  readonly children: React.ReactNode
}

/** The content of a folder. One stop for Tab: arrows move, Space ticks, Enter opens, Backspace goes up. */
export function BrowseList(props: BrowseListProps) {
  const { entries, order, onOrder, picked, onToggle, onOpen, focused, children } = props
  const t = useText()
  const list = useRef<HTMLUListElement>(null)
  const [current, setCurrent] = useState(focused)
  const currentPath = entries.some(({ path }) => path === current) ? current : entries[0]?.path

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useLayoutEffect(() => {
    if (focused === undefined) return
    const name = list.current?.querySelector<HTMLElement>('.browse-name[tabindex="0"]')
    ;(name ?? list.current)?.focus()
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target === event.currentTarget && event.key !== 'Backspace') return
    const index = entries.findIndex(({ path }) => path === currentPath)
    const next = nextIndex(event.key, index, entries.length)
    const target = next === undefined ? undefined : entries[next]
    if (target !== undefined) {
      setCurrent(target.path)
      names(list.current)[next ?? 0]?.focus()
    } else if (event.key === ' ' && picked !== undefined && currentPath !== undefined) {
      onToggle(currentPath)
    } else if (event.key === 'Backspace') {
      props.onUp()
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      props.onAll()
    } else {
      return
    }
    event.preventDefault()
  }

  return (
    <div className="browse-table">
      <div className="browse-columns" data-ticks={picked !== undefined}>
        {COLUMNS.map(([by, words]) => (
          <button
            key={by}
            type="button"
            className="browse-column"
            aria-label={t('sortBy', { column: t(words) })}
            aria-pressed={order.by === by}
            onClick={() => onOrder(by)}
          >
            {t(words)}
            {order.by === by && <Icon name={order.isDescending ? 'down' : 'up'} />}
          </button>
        ))}
      </div>
      <ul ref={list} className="browse-list" tabIndex={-1} onKeyDown={onKeyDown}>
        {entries.map((entry) => (
          <Row
            key={entry.path}
            entry={entry}
            isCurrent={entry.path === currentPath}
            isPicked={picked?.has(entry.path)}
            onToggle={() => onToggle(entry.path)}
            onOpen={() => onOpen(entry)}
            onFocus={() => setCurrent(entry.path)}
          />
        ))}
        {children}
      </ul>
    </div>
  )
}

interface RowProps {
  readonly entry: Entry
  readonly isCurrent: boolean
  readonly isPicked: boolean | undefined
  readonly onToggle: () => void
  readonly onOpen: () => void
  readonly onFocus: () => void
}

function Row({ entry, isCurrent, isPicked, onToggle, onOpen, onFocus }: RowProps) {
  const t = useText()
  const language = useLanguage()
  const { name, kind, sizeBytes, modifiedAtMs } = entry
  return (
    <li className="browse-entry">
      {isPicked !== undefined && (
        <input
          type="checkbox"
          className="check"
          tabIndex={-1}
          checked={isPicked}
          aria-label={t('selectRow', { name })}
          onChange={onToggle}
        />
      )}
      <button
        type="button"
        className="browse-name"
        tabIndex={isCurrent ? 0 : -1}
        onClick={kind === 'folder' ? onOpen : onToggle}
        onFocus={onFocus}
      >
        {kind === 'folder' ? <Icon name="folder" /> : <FileIcon name={name} />}
        <span className="cut">{name}</span>
        <span className="num quiet small">{kind === 'file' && formatBytes(sizeBytes)}</span>
        <span className="num quiet small">{formatMoment(modifiedAtMs, language)}</span>
      </button>
    </li>
  )
}

function names(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('.browse-name') ?? [])]
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1)
    case 'ArrowUp':
      return Math.max(0, index - 1)
    case 'PageDown':
      return Math.min(last, index + PAGE_ROWS)
    case 'PageUp':
      return Math.max(0, index - PAGE_ROWS)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
