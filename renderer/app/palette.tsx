import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { isGroup } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { bridge } from '../data/bridge.ts'
import { useText } from '../data/text.ts'
import { folderName } from '../screens/rules/rule-actions.ts'
import type { OneRule } from '../screens/rules/rule-filter.tsx'
import { useRules } from '../screens/rules/use-rules.ts'
import { Icon } from '../ui/icon.tsx'
import { returnFocus } from '../ui/return-focus.ts'
import type { Command } from './commands.ts'
import { pinyinOf } from './pinyin.ts'
import './palette.css'

const SEARCH_AFTER_MS = 80
const MOST_TRANSFERS = 8

interface PaletteProps {
  readonly commands: readonly Command[]
  readonly onTransfer: (row: TransferRow) => void
  readonly onRule: (rule: OneRule) => void
  readonly onClose: () => void
}

type Entry = Pick<Command, 'id' | 'label' | 'icon' | 'keys' | 'onSelect'> & {
  readonly group: Command['group'] | 'rules' | 'transfers'
}

const GROUP_WORDS = {
  actions: 'actions',
  places: 'goTo',
  settings: 'settings',
  rules: 'rules',
  transfers: 'queue',
} as const satisfies Record<Entry['group'], string>

/** Actions, places, settings and transfers by a few letters of their names. */
export function Palette({ commands, onTransfer, onRule, onClose }: PaletteProps) {
  const t = useText()
  const ids = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [current, setCurrent] = useState(0)
  const rows = useTransfers(typed.trim())
  const folders = (useRules().rules ?? []).map(({ id, folder }) => ({
    ...{
      id: `rule-${id}`,
      label: `${t('ofRule')}: ${folderName(folder)}`,
      icon: 'folder' as const,
    },
    ...{ group: 'rules' as const, onSelect: () => onRule({ id, folder }) },
  }))
  const entries: readonly Entry[] = [
    ...[...commands, ...folders].filter(({ label }) => hasAll(label, typed)),
    ...rows.map((row) => ({
      ...{ id: `transfer-${row.id}`, label: row.fileName, icon: 'file' as const },
      ...{ group: 'transfers' as const, onSelect: () => onTransfer(row) },
    })),
  ]
  const index = Math.min(current, entries.length - 1)
  const active = entries[index]
  const idOf = (entry: Entry) => `${ids}-${entry.id}`

  useEffect(() => {
    const before = document.activeElement
    const node = dialog.current
    node?.showModal()
    return () => {
      node?.close()
      // A command may have moved the focus itself, or taken away what had it.
      returnFocus(before)
    }
  }, [])
  const activeId = active && idOf(active)
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    onClose()
    // After the dialog: what it opens is not behind it, and takes the focus.
    setTimeout(entry.onSelect)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    const next = nextIndex(event.key, index, entries.length)
    if (next !== undefined) setCurrent(next)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(active)
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={onKeyDown}
      onPaste={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${ids}-list`}
          aria-activedescendant={activeId}
          aria-label={t('palette')}
          placeholder={t('paletteHint')}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setCurrent(0)
          }}
        />
      </div>
      <div id={`${ids}-list`} role="listbox" aria-label={t('palette')} className="palette-list">
        {entries.map((entry, place) => (
          <div key={entry.id} role="presentation">
            {entry.group !== entries[place - 1]?.group && (
              <p className="palette-group small quiet" role="presentation">
                {t(GROUP_WORDS[entry.group])}
              </p>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys for all */}
            <div
              id={idOf(entry)}
              role="option"
              tabIndex={-1}
              aria-selected={entry === active}
              className="palette-entry"
              onPointerMove={() => setCurrent(place)}
              onClick={() => run(entry)}
            >
              {entry.icon && <Icon name={entry.icon} />}
              <bdi className="cut">{entry.label}</bdi>
              {entry.keys !== undefined && <kbd>{entry.keys}</kbd>}
            </div>
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="palette-none quiet" role="status">
          {t('emptySearch', { text: typed.trim() })}
        </p>
      )}
    </dialog>
  )
}

/** Returns transfers whose names hold the text. */
function useTransfers(text: string): readonly TransferRow[] {
  const [found, setFound] = useState<{ text: string; rows: readonly TransferRow[] }>()
  useEffect(() => {
    if (text === '') return
    let isCurrent = true
    const timer = setTimeout(() => {
      void bridge
        .request('queue.window', {
          ...{ tab: 'all', search: text, offset: 0, limit: MOST_TRANSFERS },
          sort: { by: 'recent', direction: 'descending' },
        })
        .then((answer) => {
          if (isCurrent && answer.ok) {
            setFound({
              text,
              rows: answer.value.rows.flatMap((row) => (isGroup(row) ? [] : [row])),
            })
          }
        })
    }, SEARCH_AFTER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [text])
  return found?.text === text ? found.rows : []
}

/** A word may stand for the beginnings of Chinese characters, or for their sounds. */
function hasAll(label: string, typed: string): boolean {
  const { whole, initials } = pinyinOf(label)
  const ways = [label.toLowerCase(), whole, initials]
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => ways.some((way) => way.includes(word)))
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  if (count === 0) return undefined
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count
    case 'ArrowUp':
      return (index - 1 + count) % count
    case 'PageDown':
      return Math.min(count - 1, index + 8)
    case 'PageUp':
      return Math.max(0, index - 8)
    default:
      return undefined
  }
}
