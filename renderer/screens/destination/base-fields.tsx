import { useId } from 'react'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Select } from '../../ui/select.tsx'
import type { Columns, Found } from './use-check.ts'

interface BaseFieldsProps {
  readonly found: Found
  /** The account that is to upload there; undefined: the account in use. */
  readonly account: string | undefined
  readonly onChange: (text: string) => void
}

const COLUMNS = [
  ['name', 'columnName'],
  ['path', 'columnPath'],
  ['sizeBytes', 'columnSize'],
  ['modifiedAt', 'columnTime'],
] as const satisfies readonly (readonly [keyof Columns, string])[]

/** Which fields of the table are filled: the attachment field where there are several, and more if asked for. */
export function BaseFields({ found, account, onChange }: BaseFieldsProps) {
  const t = useText()
  const id = useId()
  const { destination, attachmentFields, fields, text } = found
  if (destination.kind !== 'base' || fields.length === 0) return null
  const { columns = {} } = destination

  const fill = async (column: keyof Columns, field: string) => {
    const { [column]: _, ...others } = columns
    const wanted = field === '' ? others : { ...others, [column]: field }
    const answer = await bridge.request('destination.check', {
      text,
      columns: wanted,
      ...(account !== undefined && { account }),
    })
    if (answer.ok && answer.value.kind === 'ok') onChange(answer.value.text)
  }

  return (
    <div className="base-fields">
      {attachmentFields.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-field`}>{t('attachmentField')}</label>
          <Select
            id={`${id}-field`}
            value={destination.field ?? ''}
            options={attachmentFields.map((each) => ({ value: each.id, label: each.name }))}
            onChange={(chosen) => {
              const choice = attachmentFields.find((each) => each.id === chosen)
              if (choice !== undefined) onChange(choice.text)
            }}
          />
        </div>
      )}
      <details open={Object.keys(columns).length > 0}>
        <summary>{t('moreFields')}</summary>
        <div className="columns">
          {COLUMNS.map(([column, label]) => (
            <div className="field" key={column}>
              <label htmlFor={`${id}-${column}`}>{t(label)}</label>
              <Select
                id={`${id}-${column}`}
                value={columns[column] ?? ''}
                options={[
                  { value: '', label: t('leaveEmpty') },
                  ...fields
                    .filter(({ takes }) => takes.includes(column))
                    .map((field) => ({ value: field.id, label: field.name })),
                ]}
                onChange={(field) => void fill(column, field)}
              />
            </div>
          ))}
        </div>
      </details>
    </div>
  )
}
