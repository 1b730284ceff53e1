import { useState } from 'react'
import { useText } from '../../data/text.ts'
import { Select } from '../../ui/select.tsx'

const UNITS = { KB: 1_024, MB: 1_024 ** 2, GB: 1_024 ** 3 } as const
type Unit = keyof typeof UNITS

interface SizeFieldProps {
  readonly label: string
  /** Null: no bound. */
  readonly bytes: number | null
  readonly onChange: (bytes: number | null) => void
}

/** A size as a figure and a unit; empty means no bound. */
export function SizeField({ label, bytes, onChange }: SizeFieldProps) {
  const t = useText()
  const [unit, setUnit] = useState<Unit>(() => fittingUnit(bytes))
  const [text, setText] = useState(() => (bytes === null ? '' : String(bytes / UNITS[unit])))
  const tell = (figure: string, of: Unit) => {
    const value = Number(figure)
    onChange(figure === '' || !(value > 0) ? null : Math.round(value * UNITS[of]))
  }
  return (
    <span className="size-field">
      <input
        className="input num"
        type="number"
        min="0"
        step="any"
        aria-label={label}
        placeholder={t('sizeAny')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          tell(event.target.value, unit)
        }}
      />
      <Select
        aria-label={t('unitOf', { name: label })}
        value={unit}
        options={Object.keys(UNITS).map((value) => ({ value, label: value }))}
        onChange={(value) => {
          setUnit(value as Unit)
          tell(text, value as Unit)
        }}
      />
    </span>
  )
}

/** The biggest unit of which there is at least one. */
function fittingUnit(bytes: number | null): Unit {
  if (bytes === null) return 'MB'
  if (bytes >= UNITS.GB) return 'GB'
  return bytes >= UNITS.MB ? 'MB' : 'KB'
}
