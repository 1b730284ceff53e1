import { type ReactNode, useState } from 'react'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}

/** A titled part of the settings that the list beside it leads to. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section
      id={`settings-${id}`}
      tabIndex={-1}
      className="settings-section"
      aria-labelledby={`title-${id}`}
    >
      <h2 id={`title-${id}`}>{title}</h2>
      {children}
    </section>
  )
}

interface SettingProps {
  readonly name: string
  readonly note?: ReactNode
  readonly children?: ReactNode
}

/** One line: what can be set, in words, and the control for it. */
export function Setting({ name, note, children }: SettingProps) {
  return (
    <div className="setting">
      <div className="setting-words">
        <p className="setting-name">{name}</p>
        {note !== undefined && <p className="quiet small">{note}</p>}
      </div>
      {children !== undefined && <div className="setting-control">{children}</div>}
    </div>
  )
}

interface SwitchSettingProps {
  readonly name: string
  readonly note?: ReactNode
  readonly isLocked?: boolean
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

export function SwitchSetting({
  name,
  note,
  isLocked = false,
  isOn,
  onChange,
}: SwitchSettingProps) {
  return (
    <Setting name={name} {...(note !== undefined && { note })}>
      <input
        type="checkbox"
        className="switch"
        aria-label={name}
        disabled={isLocked}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </Setting>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly onSave: (text: string) => void
}

/** Saves when the person is through with it. */
export function TextField({ label, value, placeholder, onSave }: TextFieldProps) {
  const [text, setText] = useState(value)
  const save = () => {
    if (text.trim() !== value) onSave(text.trim())
  }
  return (
    <input
      className="input"
      spellCheck={false}
      autoComplete="off"
      aria-label={label}
      value={text}
      placeholder={placeholder}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  )
}
