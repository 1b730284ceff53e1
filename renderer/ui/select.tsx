import type { SelectHTMLAttributes } from 'react'
import { Icon } from './icon.tsx'

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

export function Select({ options, onChange, ...rest }: SelectProps) {
  return (
    <span className="select-box">
      <select className="select" onChange={(event) => onChange(event.target.value)} {...rest}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}
