import { useEffect, useId, useState } from 'react'

interface AmountFieldProps {
  readonly label: string
  /** In `unitBytes`; null: empty. */
  readonly value: number | null
  readonly unit: string
  readonly unitBytes: number
  readonly leastBytes: number
  readonly mostBytes?: number
  readonly placeholder: string
  /** The allowed values, shown when other input was typed. */
  readonly rule: string
  readonly isLocked?: boolean
  readonly onSave: (bytes: number | null) => void
}

/** A number of bytes in a unit of a person's choice, or nothing. Saves when they are through with it. */
export function AmountField(props: AmountFieldProps) {
  const { label, value, unit, unitBytes, leastBytes, mostBytes, placeholder, rule, onSave } = props
  const { isLocked = false } = props
  const ruleId = useId()
  const words = value === null ? '' : String(rounded(value / unitBytes))
  const [text, setText] = useState(words)
  // It may be set elsewhere as well; a field of its own for each value would lose the focus.
  useEffect(() => setText(words), [words])
  const typed = text.trim()
  const bytes = typed === '' ? null : Math.round(Number(typed) * unitBytes)
  const isGood =
    bytes === null ||
    (Number.isFinite(bytes) && bytes >= leastBytes && bytes <= (mostBytes ?? bytes))
  const save = () => {
    if (isGood && bytes !== value) onSave(bytes)
  }
  return (
    <div className="field">
      <div className="with-unit">
        <input
          className="input num"
          inputMode="decimal"
          disabled={isLocked}
          value={text}
          placeholder={placeholder}
          aria-label={label}
          aria-invalid={!isGood}
          aria-describedby={isGood ? undefined : ruleId}
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
        <span className="quiet">{unit}</span>
      </div>
      {!isGood && (
        <p id={ruleId} className="field-note bad" role="alert">
          {rule}
        </p>
      )}
    </div>
  )
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
