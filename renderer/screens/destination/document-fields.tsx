import type { Handling } from '#shared/model/transfer.ts'
import { useText } from '../../data/text.ts'
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
            { value: 'sheet', label: t('kindSheet') },
            { value: 'bitable', label: t('kindBase') },
          ]}
          onChange={(tables) => onChange({ ...wishes, tables })}
        />
      </div>
      <label className="document-check">
        <input
          type="checkbox"
          className="check"
          checked={wishes.orFile ?? false}
          onChange={(event) => onChange({ ...wishes, orFile: event.target.checked })}
        />
        {t('documentOrFile')}
      </label>
    </div>
  )
}
