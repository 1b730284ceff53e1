import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Language } from '#shared/text/language.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { destinationIcon } from './kind-words.ts'
import type { PlaceEntry } from './use-place-list.ts'

const ROW_PX = 34
/** The next page is asked for this many rows before the end. */
const ROWS_AHEAD = 20
/** Letters typed within this time are one beginning of a name. */
const TYPING_MS = 700

interface PlaceRowsProps {
  readonly label: string
  readonly entries: readonly PlaceEntry[]
  readonly onOpen: (entry: PlaceEntry) => void
  readonly onUp: () => void
  readonly onEnd: () => void
}

/** Places in rows, also thousands of them: one tab stop, arrows, Enter, Backspace, and the first letters of a name. */
export function PlaceRows({ label, entries, onOpen, onUp, onEnd }: PlaceRowsProps) {
  const language = useLanguage()
  const t = useText()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const typed = useRef({ text: '', atMs: 0 })
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const first = entries[0]?.id

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    setCurrent(0)
    virtualizer.scrollToIndex(0)
  }, [first])

  // biome-ignore lint/correctness/useExhaustiveDependencies: tells when the end comes into sight
  useEffect(() => {
    if (entries.length > 0 && last >= entries.length - ROWS_AHEAD) onEnd()
  }, [last, entries.length])

  const go = (index: number) => {
    const at = Math.max(0, Math.min(entries.length - 1, index))
    setCurrent(at)
    virtualizer.scrollToIndex(at)
  }
  const typeAhead = (letter: string) => {
    const nowMs = performance.now()
    const text = nowMs - typed.current.atMs < TYPING_MS ? typed.current.text + letter : letter
    typed.current = { text, atMs: nowMs }
    const words = entries.map((entry) => entryWords(entry, language).toLowerCase())
    const looked = text.toLowerCase()
    const begins = words.findIndex((each) => each.startsWith(looked))
    // Chinese is not typed key by key: a number or a Latin part within the name will do.
    const found = begins >= 0 ? begins : words.findIndex((each) => each.includes(looked))
    if (found >= 0) go(found)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = keyAct(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  return (
    <div
      ref={scroller}
      className="place-rows"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={entries.length > 0 ? `${id}-${current}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const entry = entries[index]
          if (entry === undefined) return null
          return (
            <div
              key={entry.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              aria-setsize={entries.length}
              aria-posinset={index + 1}
              className={index === current ? 'place-row current' : 'place-row'}
              title={entry.place === null ? entry.name : placeHint(entry.place, language)}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setCurrent(index)
                onOpen(entry)
              }}
              onKeyDown={undefined}
            >
              <Icon name={iconOf(entry)} />
              <span className="cut">{entryWords(entry, language) || t('namelessPlace')}</span>
              {entry.isPinned && <Icon name="pin" />}
              {entry.opens !== null && <Icon name="right" />}
            </div>
          )
        })}
      </div>
    </div>
  )

  function keyAct(key: string): (() => void) | undefined {
    const entry = entries[current]
    switch (key) {
      case 'ArrowDown':
        return () => go(current + 1)
      case 'ArrowUp':
        return () => go(current - 1)
      case 'PageDown':
        return () => go(current + 8)
      case 'PageUp':
        return () => go(current - 8)
      case 'Home':
        return () => go(0)
      case 'End':
        return () => go(entries.length - 1)
      case 'Enter':
      case 'ArrowRight':
        return () => entry !== undefined && onOpen(entry)
      case 'Backspace':
      case 'ArrowLeft':
        return onUp
      default:
        return key.length === 1 && key !== ' ' ? () => typeAhead(key) : undefined
    }
  }
}

export function entryWords({ name, place }: PlaceEntry, language: Language): string {
  return place === null ? name : placeWords(place, language)
}

function iconOf({ kind }: PlaceEntry) {
  return kind === 'wiki' ? 'list' : destinationIcon(kind)
}
