import type { RequestInput } from '#shared/contract/contract.ts'
import type { DestinationKind } from '#shared/model/transfer.ts'
import { useText } from '../../data/text.ts'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Segments } from '../../ui/segments.tsx'
import { DocumentFields, type DocumentWishes } from './document-fields.tsx'
import { PersonField } from './person-field.tsx'

export type Handling = NonNullable<RequestInput<'queue.add'>['handling']>

interface HandlingFieldsProps {
  readonly kind: DestinationKind
  readonly sameName: 'keep-both' | 'skip' | 'overwrite'
  readonly onSameName: (value: 'keep-both' | 'skip' | 'overwrite') => void
  readonly shareWith: string
  readonly onShareWith: (value: string) => void
  /** Undefined: all files stay files. */
  readonly asDocument: DocumentWishes | undefined
  readonly onAsDocument: (value: DocumentWishes | undefined) => void
}

/** Shows the options of files in Drive: same-name handling, and who else may see them. */
export function HandlingFields(props: HandlingFieldsProps) {
  const { kind, sameName, onSameName, shareWith, onShareWith, asDocument, onAsDocument } = props
  const t = useText()
  if (kind !== 'folder' && kind !== 'page' && kind !== 'file') return null
  return (
    <div className="handling">
      {kind !== 'file' && (
        <div className="handling-row">
          <span>{t('sameName')}</span>
          <Segments
            label={t('sameName')}
            value={kind === 'page' && sameName === 'overwrite' ? 'keep-both' : sameName}
            onChange={onSameName}
            options={[
              { value: 'keep-both', label: t('keepBoth') },
              { value: 'skip', label: t('skipIt') },
              // Replacing a file in a wiki is documented nowhere.
              ...(kind === 'folder'
                ? [{ value: 'overwrite' as const, label: t('replaceIt') }]
                : []),
            ]}
          />
        </div>
      )}
      {sameName === 'overwrite' && kind === 'folder' && (
        <p className="field-note">{t('replaceNote')}</p>
      )}
      {kind !== 'file' && (
        <CheckLabel
          isOn={asDocument !== undefined}
          onChange={(isOn) => onAsDocument(isOn ? {} : undefined)}
        >
          {t('asDocument')}
        </CheckLabel>
      )}
      {kind !== 'file' && asDocument !== undefined && (
        <>
          <p className="field-note">{t('asDocumentNote')}</p>
          <DocumentFields wishes={asDocument} onChange={onAsDocument} />
        </>
      )}
      <details open={shareWith !== ''}>
        <summary>{t('shareWith')}</summary>
        <PersonField label={t('shareWithLabel')} value={shareWith} onChange={onShareWith} />
      </details>
    </div>
  )
}
