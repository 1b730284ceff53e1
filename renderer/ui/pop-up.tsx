import { type ReactNode, useEffect, useRef } from 'react'

interface PopUpProps {
  /** The button that opens it. */
  readonly button: ReactNode
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A card below a button of the toolbar. Esc, a click elsewhere and leaving it by Tab close it. */
export function PopUp({ button, isOpen, onClose, children }: PopUpProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) onClose()
    }
    addEventListener('pointerdown', onPointer)
    return () => removeEventListener('pointerdown', onPointer)
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the card from wherever in it
    <div
      ref={place}
      className="pop-place"
      onBlur={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !place.current?.contains(relatedTarget)) onClose()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        onClose()
        // The control that has the focus disappears.
        place.current?.querySelector<HTMLElement>('button')?.focus()
      }}
    >
      {button}
      {isOpen && <div className="pop-up">{children}</div>}
    </div>
  )
}
