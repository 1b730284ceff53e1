import {
  type FocusEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useText } from '../data/text.ts'
import { Button, IconButton } from './button.tsx'
import { keepNotice } from './notices.ts'
import { returnFocus } from './return-focus.ts'

interface Action {
  readonly label: string
  readonly run: () => void
}

interface Toast {
  readonly id: number
  readonly text: string
  readonly action?: Action | undefined
  /** Stays until it is updated: what it tells is not complete. */
  readonly isLasting?: boolean
  readonly since: number
  readonly amount?: Amount
  /** The notice that keeps what it says. */
  readonly noticeId?: number | undefined
}

/** An action on so many items; the next one of its kind is added to the same toast. */
interface Amount {
  readonly kind: string
  readonly count: number
  readonly words: (count: number) => string
  readonly undo?: Action | undefined
}

/** As long as an action can be undone. */
const SHOWN_FOR_MS = 8_000
/** Actions that follow each other so closely share a toast: all of them can still be undone. */
const MERGED_FOR_MS = 1_500
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

function add(
  toast: Omit<Toast, 'id' | 'since' | 'noticeId'>,
  replaces?: Toast,
  isKept = toast.isLasting !== true,
): number {
  const noticeId = isKept ? keepNotice(toast.text, replaces?.noticeId) : undefined
  const added = { ...toast, id: nextId++, since: Date.now(), noticeId }
  change([...toasts.filter((each) => each !== replaces), added].slice(-MOST_SHOWN))
  return added.id
}

/** Says in passing what was done, with a way back where there is one. The same text is not shown twice. */
export function toast(text: string, action?: Action): void {
  const same = action === undefined ? toasts.find((each) => each.text === text) : undefined
  add({ text, action }, same)
}

/** Says something that no list of messages keeps. */
export function toastOnce(text: string): void {
  add(
    { text },
    toasts.find((each) => each.text === text),
    false,
  )
}

/** Says that something was done to so many. Several of one kind in a moment become one. */
export function toastAmount(amount: Amount): void {
  const before = toasts.find(
    (each) => each.amount?.kind === amount.kind && Date.now() - each.since < MERGED_FOR_MS,
  )
  const merged = before?.amount === undefined ? amount : sumOf(before.amount, amount)
  add({ text: merged.words(merged.count), action: merged.undo, amount: merged }, before)
}

function sumOf(one: Amount, other: Amount): Amount {
  const undos = [one.undo, other.undo].filter((undo) => undo !== undefined)
  const [first] = undos
  const undo = first && { ...first, run: () => undos.forEach(({ run }) => void run()) }
  return { ...other, count: one.count + other.count, undo }
}

/** Says what is under way. The toast stays until `end` gives the result, or `close` takes it away. */
export function toastProgress(text: string, action?: Action) {
  const id = add({ text, action, isLasting: true })
  return {
    update: (next: string) =>
      change(toasts.map((each) => (each.id === id ? { ...each, text: next } : each))),
    /** Is shown also when the progress was put away. */
    end(next: string, last?: Action) {
      add(
        { text: next, action: last },
        toasts.find((each) => each.id === id),
      )
    },
    close: () => dismiss(id),
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** @param props.children what is shown above them as long as it is true */
export function Toasts({ children }: { readonly children?: ReactNode }) {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" role="status">
      {children}
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
    if (isHeld || item.isLasting) return
    const timer = setTimeout(() => dismiss(item.id), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [item.id, item.isLasting, isHeld])
  useEffect(
    () => () => {
      // The toast took the focus with it: return it to where the user was.
      if (cameFrom.current !== undefined) returnFocus(cameFrom.current)
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
      <span aria-live={item.isLasting ? 'off' : undefined}>{item.text}</span>
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
