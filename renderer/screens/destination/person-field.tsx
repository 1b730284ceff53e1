import { useId } from 'react'
import { PERSON_NAME } from '#shared/model/person-name.ts'
import { useText } from '../../data/text.ts'

/** Checks whether the content of the field can be sent; an empty field is valid. */
export function isNobodyOrPerson(text: string): boolean {
  return text === '' || PERSON_NAME.test(text)
}

interface PersonFieldProps {
  readonly label: string
  /** Empty: no person. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Asks who else may see the uploaded files. */
export function PersonField({ label, value, onChange }: PersonFieldProps) {
  const t = useText()
  const id = useId()
  const isWrong = !isNobodyOrPerson(value)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        spellCheck={false}
        autoComplete="off"
        value={value}
        placeholder="name@example.com"
        aria-invalid={isWrong}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      <p id={`${id}-note`} className={isWrong ? 'field-note bad' : 'field-note'}>
        {t(isWrong ? 'shareWithWrong' : 'shareWithNote')}
      </p>
    </div>
  )
}
