import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Check } from './use-check.ts'

interface ChoicesProps {
  readonly check: Extract<Check, { kind: 'choose' }>
  readonly onChoose: (text: string) => void
}

/** The tables or fields that one has to be chosen from. */
export function Choices({ check, onChoose }: ChoicesProps) {
  const t = useText()
  return (
    <fieldset className="recent">
      <legend className="small quiet">{t(check.what === 'table' ? 'tables' : 'fields')}</legend>
      {check.choices.map(({ id, name, text }) => (
        <button key={id} type="button" className="recent-item" onClick={() => onChoose(text)}>
          <Icon name={check.what === 'table' ? 'table' : 'link'} />
          <span className="cut">{name}</span>
        </button>
      ))}
    </fieldset>
  )
}
