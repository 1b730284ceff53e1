import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { returnFocus } from './return-focus.ts'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: IconName
  readonly keys?: string
  readonly danger?: boolean
  /** Present: the item is switched on or off, and the menu stays open. */
  readonly isOn?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  readonly label: string
  /** The position of its corner, in the window's pixels. */
  readonly at: { readonly x: number; readonly y: number }
  /** Groups are set apart by a line. */
  readonly groups: readonly (readonly MenuItem[])[]
  readonly onClose: () => void
}

const MARGIN = 8

/** A menu at a point: arrow keys move, Enter selects, Esc or a click elsewhere closes. */
export function Menu({ label, at, groups, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const node = menu.current
    if (node === null) return
    const { width, height } = node.getBoundingClientRect()
    node.style.left = `${Math.max(MARGIN, Math.min(at.x, innerWidth - width - MARGIN))}px`
    node.style.top = `${Math.max(MARGIN, Math.min(at.y, innerHeight - height - MARGIN))}px`
  }, [at])

  const close = useEffectEvent(onClose)
  // Once: rows behind the menu move many times a second, and the person's place in it must not.
  useEffect(() => {
    const before = document.activeElement
    itemsOf(menu.current)[0]?.focus()
    const onPointer = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node)) close()
    }
    const onResize = () => close()
    addEventListener('pointerdown', onPointer, true)
    addEventListener('resize', onResize)
    return () => {
      removeEventListener('pointerdown', onPointer, true)
      removeEventListener('resize', onResize)
      returnFocus(before)
    }
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      onClose()
      return
    }
    const items = itemsOf(menu.current)
    const next = nextIndex(event.key, items.indexOf(document.activeElement as HTMLElement), items)
    if (next === undefined) return
    event.preventDefault()
    items[next]?.focus()
  }

  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {groups
        .filter((group) => group.length > 0)
        .map((group, index) => (
          <div key={group[0]?.id} role="none">
            {index > 0 && <div className="menu-line" role="none" />}
            {group.map((item) => (
              <Row key={item.id} item={item} onClose={onClose} />
            ))}
          </div>
        ))}
    </div>
  )
}

function Row({ item, onClose }: { readonly item: MenuItem; readonly onClose: () => void }) {
  return (
    <button
      type="button"
      {...(item.isOn === undefined
        ? { role: 'menuitem' }
        : { role: 'menuitemcheckbox', 'aria-checked': item.isOn })}
      tabIndex={-1}
      className={item.danger ? 'menu-item danger' : 'menu-item'}
      onClick={() => {
        if (item.isOn === undefined) onClose()
        item.onSelect()
      }}
    >
      {item.isOn !== undefined && (
        <span className={item.isOn ? '' : 'unchecked'}>
          <Icon name="check" />
        </span>
      )}
      {item.icon && <Icon name={item.icon} />}
      <span>{item.label}</span>
      {item.keys !== undefined && <kbd>{item.keys}</kbd>}
    </button>
  )
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
}

function nextIndex(key: string, current: number, items: readonly unknown[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (current + 1) % items.length
    case 'ArrowUp':
      return (current - 1 + items.length) % items.length
    case 'Home':
      return 0
    case 'End':
      return items.length - 1
    default:
      return undefined
  }
}
