import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useText } from '../data/text.ts'
import { IconButton } from './button.tsx'
import { returnFocus } from './return-focus.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the bottom right, the primary one last. */
  readonly foot?: ReactNode
  readonly wide?: boolean
  readonly onSubmit?: () => void
  /** Hears every key in it. */
  readonly onKey?: (event: KeyboardEvent) => void
}

/** A plain button leads to something beside the matter, and the field below it is what is to be filled. */
const FIRST =
  '.dialog-body :is(input, select, button:not(.plain)):not([disabled]), .dialog-foot button:not([disabled])'

/** The browser's own modal dialog: it keeps the focus inside, and Esc closes it. */
export function Dialog(props: DialogProps) {
  const { title, onClose, children, foot, wide = false, onSubmit, onKey } = props
  const t = useText()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const before = document.activeElement
    const node = dialog.current
    node?.showModal()
    // The close button comes first in the page, but a person does not open a dialog to close it.
    node?.querySelector<HTMLElement>(FIRST)?.focus()
    return () => {
      node?.close()
      if (before instanceof HTMLElement) before.focus()
      returnFocus(before)
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        onKey?.(event)
      }}
      onPaste={(event) => event.stopPropagation()}
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit?.()
        }}
      >
        <header className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={t('close')} onClick={onClose} />
        </header>
        <div className="dialog-body">{children}</div>
        {foot !== undefined && <footer className="dialog-foot">{foot}</footer>}
      </form>
    </dialog>
  )
}
