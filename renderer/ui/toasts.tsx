import { type FocusEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useText } from '../data/text.ts'
import { Button, IconButton } from './button.tsx'

interface Toast {
  readonly id: number
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** As long as an action can be undone. */
const SHOWN_FOR_MS = 8_000
const MOST_SHOWN = 3

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id))
}

/** Says in passing what was done, with a way back where there is one. */
export function toast(text: string, action?: Toast['action']): void {
  const added = { id: nextId++, text, ...(action && { action }) }
  change([...toasts, added].slice(-MOST_SHOWN))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" role="status">
      {shown.map((item) => (
        <ToastRow key={item.id} item={item} />
      ))}
    </div>
  )
}

function ToastRow({ item }: { readonly item: Toast }) {
  const t = useText()
  const [isHeld, setHeld] = useState(false)
  const cameFrom = useRef<HTMLElement>(undefined)
  useEffect(() => {
    // The undo button does not disappear while the user reaches for it.
    if (isHeld) return
    const timer = setTimeout(() => dismiss(item.id), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [item.id, isHeld])
  useEffect(
    () => () => {
      // The toast took the focus with it: return it to where the user was.
      if (document.activeElement === document.body) cameFrom.current?.focus({ preventScroll: true })
    },
    [],
  )
  const onFocus = ({ currentTarget, relatedTarget }: FocusEvent) => {
    setHeld(true)
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) {
      cameFrom.current = relatedTarget
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stays a little longer
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={onFocus}
      onBlur={() => setHeld(false)}
    >
      <span>{item.text}</span>
      {item.action && (
        <Button
          size="small"
          onClick={() => {
            dismiss(item.id)
            item.action?.run()
          }}
        >
          {item.action.label}
        </Button>
      )}
      <IconButton size="small" icon="close" label={t('dismiss')} onClick={() => dismiss(item.id)} />
    </div>
  )
}
