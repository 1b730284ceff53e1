import type { Handling } from '#shared/model/transfer.ts'
import { useText } from '../../data/text.ts'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Segments } from '../../ui/segments.tsx'

export type DocumentWishes = NonNullable<Handling['asDocument']>

interface DocumentFieldsProps {
  readonly wishes: DocumentWishes
  readonly onChange: (wishes: DocumentWishes) => void
}

/** Shows the wishes about files that become online documents. */
export function DocumentFields({ wishes, onChange }: DocumentFieldsProps) {
  const t = useText()
  return (
    <div className="document-fields">
      <div className="handling-row">
        <span>{t('documentTables')}</span>
        <Segments
          label={t('documentTables')}
          value={wishes.tables ?? 'sheet'}
          options={[
            { value: 'sheet', label: t('place.sheet') },
            { value: 'bitable', label: t('place.base') },
          ]}
          onChange={(tables) => onChange({ ...wishes, tables })}
        />
      </div>
      <CheckLabel
        isOn={wishes.orFile ?? false}
        onChange={(isOn) => onChange({ ...wishes, orFile: isOn })}
      >
        {t('documentOrFile')}
      </CheckLabel>
    </div>
  )
}
