import { useId, useState } from 'react'
import { timeOfDay } from '#shared/text/time-of-day.ts'
import { useText } from '../../data/text.ts'

const STEP_MINUTES = 30
const DAY_MINUTES = 24 * 60
const STEPS: Readonly<Record<string, number>> = { ArrowUp: STEP_MINUTES, ArrowDown: -STEP_MINUTES }

interface TimeFieldProps {
  readonly label: string
  /** `HH:MM`. */
  readonly value: string
  readonly onSave: (time: string) => void
}

/**
 * A time of day by 24 hours. The browser's own field follows the language of the browser, which may
 * count by twelve. The arrow keys move half an hour.
 */
export function TimeField({ label, value, onSave }: TimeFieldProps) {
  const t = useText()
  const ids = [useId(), useId()] as const
  const [text, setText] = useState(value)
  const time = timeOfDay(text)
  const save = (next = time) => {
    if (next === undefined) return
    setText(next)
    if (next !== value) onSave(next)
  }
  return (
    <div className="time-field">
      <label htmlFor={ids[0]}>{label}</label>
      <input
        id={ids[0]}
        className="input num"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        value={text}
        aria-invalid={time === undefined}
        aria-describedby={time === undefined ? ids[1] : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => save()}
        onKeyDown={(event) => {
          const step = STEPS[event.key]
          if (event.key === 'Enter') save()
          if (step === undefined || time === undefined) return
          event.preventDefault()
          save(moved(time, step))
        }}
      />
      {time === undefined && (
        <p id={ids[1]} className="field-note bad" role="alert">
          {t('timeRule')}
        </p>
      )}
    </div>
  )
}

function moved(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const at = (hour * 60 + minute + minutes + DAY_MINUTES) % DAY_MINUTES
  return [Math.floor(at / 60), at % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
