import { type ReactNode, useId, useState } from 'react'
import { useText } from '../../data/text.ts'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { DocumentFields } from '../destination/document-fields.tsx'
import { PersonField } from '../destination/person-field.tsx'
import type { RuleDraft } from './rule-draft.ts'
import { SizeField } from './size-field.tsx'

const SECOND_MS = 1_000
const LONGEST_SETTLE_S = 24 * 3_600

interface RuleOptionsProps {
  readonly draft: RuleDraft
  readonly onChange: (change: Partial<RuleDraft>) => void
  /** The destination is a folder, with folders in it. */
  readonly hasFolders: boolean
}

/** Shows the options that most people set once. */
export function UsualOptions({ draft, onChange, hasFolders }: RuleOptionsProps) {
  const t = useText()
  return (
    <>
      <Option name={t('ruleInitial')} note={t('ruleInitialNote')}>
        <Segments
          label={t('ruleInitial')}
          value={draft.initialFiles}
          options={[
            { value: 'upload', label: t('ruleInitialUpload') },
            { value: 'only-new', label: t('ruleInitialNew') },
          ]}
          onChange={(initialFiles) => onChange({ initialFiles })}
        />
      </Option>
      <Switch
        name={t('ruleRecursive')}
        on={draft.recursive}
        onChange={(recursive) => onChange({ recursive })}
      />
      {draft.recursive && hasFolders && (
        <Option name={t('ruleSubfolders')}>
          <Segments
            label={t('ruleSubfolders')}
            value={draft.subfolders}
            options={[
              { value: 'mirror', label: t('ruleMirror') },
              { value: 'flatten', label: t('ruleFlatten') },
            ]}
            onChange={(subfolders) => onChange({ subfolders })}
          />
        </Option>
      )}
    </>
  )
}

/** The rarer ones. */
export function RareOptions({ draft, onChange, hasFolders }: RuleOptionsProps) {
  const t = useText()
  return (
    <>
      <Option name={t('ruleOnChange')}>
        <Segments
          label={t('ruleOnChange')}
          value={draft.onChange}
          options={[
            { value: 'upload-again', label: t('ruleOnChangeAgain') },
            { value: 'overwrite', label: t('ruleOnChangeOverwrite') },
            { value: 'ignore', label: t('ruleOnChangeIgnore') },
          ]}
          onChange={(value) => onChange({ onChange: value })}
        />
      </Option>
      {hasFolders && (
        <Option name={t('ruleOnVanished')}>
          <Segments
            label={t('ruleOnVanished')}
            value={draft.onVanished}
            options={[
              { value: 'tell', label: t('ruleOnVanishedTell') },
              { value: 'again', label: t('ruleOnVanishedAgain') },
            ]}
            onChange={(onVanished) => onChange({ onVanished })}
          />
        </Option>
      )}
      {hasFolders && (
        <Switch
          name={t('ruleFollow')}
          note={t('ruleFollowNote')}
          on={draft.follow}
          onChange={(follow) => onChange({ follow })}
        />
      )}
      <Option name={t('ruleMinimum')}>
        <SizeField
          label={t('ruleMinimum')}
          bytes={draft.minimumBytes > 1 ? draft.minimumBytes : null}
          onChange={(bytes) => onChange({ minimumBytes: bytes ?? 1 })}
        />
      </Option>
      <Option name={t('ruleMaximum')}>
        <SizeField
          label={t('ruleMaximum')}
          bytes={draft.maximumBytes}
          onChange={(maximumBytes) => onChange({ maximumBytes })}
        />
      </Option>
      <SettleOption settleMs={draft.settleMs} onChange={(settleMs) => onChange({ settleMs })} />
      <Switch
        name={t('ruleDedupe')}
        on={draft.dedupe}
        onChange={(dedupe) => onChange({ dedupe })}
      />
      {hasFolders && (
        <Switch
          name={t('ruleOverflow')}
          note={t('ruleOverflowNote')}
          on={draft.overflowFolders}
          onChange={(overflowFolders) => onChange({ overflowFolders })}
        />
      )}
      <Switch
        name={t('ruleLinks')}
        note={t('ruleLinksNote')}
        on={draft.followLinks}
        onChange={(followLinks) => onChange({ followLinks })}
      />
      <Option name={t('ruleNoticing')} note={t('ruleNoticingNote')}>
        <Select
          aria-label={t('ruleNoticing')}
          value={draft.noticing}
          options={[
            { value: 'automatic', label: t('ruleNoticingAuto') },
            { value: 'events', label: t('ruleNoticingEvents') },
            { value: 'polling', label: t('ruleNoticingPolling') },
          ]}
          onChange={(value) => onChange({ noticing: value as RuleDraft['noticing'] })}
        />
      </Option>
      {hasFolders && <DocumentOption draft={draft} onChange={onChange} />}
      {hasFolders && (
        <div className="rule-person">
          <PersonField
            label={t('ruleShareWith')}
            value={draft.shareWith}
            onChange={(shareWith) => onChange({ shareWith })}
          />
        </div>
      )}
    </>
  )
}

function DocumentOption({ draft, onChange }: Omit<RuleOptionsProps, 'hasFolders'>) {
  const t = useText()
  return (
    <>
      <Option name={t('ruleDocuments')} note={t('ruleDocumentsNote')}>
        <input
          className="input document-patterns"
          aria-label={t('ruleDocuments')}
          placeholder={t('ruleDocumentsNone')}
          spellCheck={false}
          value={draft.documentText}
          onChange={(event) => onChange({ documentText: event.target.value })}
        />
      </Option>
      {draft.documentText.trim() !== '' && (
        <DocumentFields
          wishes={draft.documents}
          onChange={(documents) => onChange({ documents })}
        />
      )}
    </>
  )
}

interface SettleOptionProps {
  readonly settleMs: number
  readonly onChange: (settleMs: number) => void
}

function SettleOption({ settleMs, onChange }: SettleOptionProps) {
  const t = useText()
  const [text, setText] = useState(String(settleMs / SECOND_MS))
  return (
    <Option name={t('ruleSettle')} note={t('ruleSettleNote')}>
      <span className="settle-field">
        <input
          className="input num"
          type="number"
          min="0"
          max={LONGEST_SETTLE_S}
          step="any"
          aria-label={t('ruleSettle')}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            const seconds = Number(event.target.value)
            const isGood = event.target.value !== '' && seconds >= 0 && seconds <= LONGEST_SETTLE_S
            if (isGood) onChange(Math.round(seconds * SECOND_MS))
          }}
        />
        {t('seconds')}
      </span>
    </Option>
  )
}

interface OptionProps {
  readonly name: string
  readonly note?: string
  readonly children: ReactNode
}

function Option({ name, note, children }: OptionProps) {
  return (
    <div className="rule-option">
      <div>
        <p>{name}</p>
        {note !== undefined && <p className="field-note">{note}</p>}
      </div>
      {children}
    </div>
  )
}

interface SwitchProps extends Omit<OptionProps, 'children'> {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

function Switch({ name, note, on, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="rule-option">
      <div>
        <label htmlFor={id}>{name}</label>
        {note !== undefined && <p className="field-note">{note}</p>}
      </div>
      <input
        id={id}
        type="checkbox"
        className="switch"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  )
}
