import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestInput } from '#shared/ipc/contract.ts'
import type { DestinationKind } from '#shared/model/transfer.ts'
import { Segments } from '../ui/segments.tsx'

export type Handling = NonNullable<RequestInput<'queue.add'>['handling']>

/** What a person is named by: the same as the contract asks for. */
const PERSON = /^(ou_[\w-]+|[^\s@]+@[^\s@]+)$/

/** Whether what stands in the field can be sent. */
export function isPerson(text: string): boolean {
  return PERSON.test(text)
}

interface HandlingFieldsProps {
  readonly kind: DestinationKind
  readonly sameName: 'keep-both' | 'skip' | 'overwrite'
  readonly onSameName: (value: 'keep-both' | 'skip' | 'overwrite') => void
  readonly shareWith: string
  readonly onShareWith: (value: string) => void
}

/** What Drive can be told about files: what to do about the same name, and who else may see them. */
export function HandlingFields(props: HandlingFieldsProps) {
  const { kind, sameName, onSameName, shareWith, onShareWith } = props
  const { t } = useTranslation()
  const id = useId()
  const isWrong = shareWith !== '' && !isPerson(shareWith)
  if (kind !== 'folder' && kind !== 'file') return null
  return (
    <div className="handling">
      {kind === 'folder' && (
        <div className="handling-row">
          <span>{t('sameName')}</span>
          <Segments
            label={t('sameName')}
            value={sameName}
            onChange={onSameName}
            options={[
              { value: 'keep-both', label: t('keepBoth') },
              { value: 'skip', label: t('skipIt') },
              { value: 'overwrite', label: t('replaceIt') },
            ]}
          />
        </div>
      )}
      {sameName === 'overwrite' && kind === 'folder' && (
        <p className="field-note">{t('replaceNote')}</p>
      )}
      <details open={shareWith !== ''}>
        <summary>{t('shareWith')}</summary>
        <div className="field">
          <label htmlFor={id}>{t('shareWithLabel')}</label>
          <input
            id={id}
            className="input"
            spellCheck={false}
            autoComplete="off"
            value={shareWith}
            placeholder="name@example.com"
            aria-invalid={isWrong}
            aria-describedby={`${id}-note`}
            onChange={(event) => onShareWith(event.target.value.trim())}
          />
          <p id={`${id}-note`} className={isWrong ? 'field-note bad' : 'field-note'}>
            {t(isWrong ? 'shareWithWrong' : 'shareWithNote')}
          </p>
        </div>
      </details>
    </div>
  )
}
