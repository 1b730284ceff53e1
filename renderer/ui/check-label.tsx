import { type ReactNode, useId } from 'react'

interface CheckLabelProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
}

/** A box to tick, with its words beside it. */
export function CheckLabel({ isOn, onChange, children }: CheckLabelProps) {
  const id = useId()
  return (
    <label className="check-label" htmlFor={id}>
      <input
        id={id}
        type="checkbox"
        className="check"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  )
}
