import { useId, useState } from 'react'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { toast } from '../../ui/toasts.tsx'
import { AccountField } from '../accounts/account-field.tsx'
import { BrowseDialog } from '../add/browse-dialog.tsx'
import { DestinationField } from '../destination/destination-field.tsx'
import { isNobodyOrPerson } from '../destination/person-field.tsx'
import { FolderField } from './folder-field.tsx'
import { EXCLUDE_CHIPS, INCLUDE_CHIPS, PatternChips } from './pattern-chips.tsx'
import { folderName } from './rule-actions.ts'
import {
  draftOf,
  newDraft,
  type RuleBegun,
  type RuleDraft,
  selectionOf,
  wishesOf,
} from './rule-draft.ts'
import { RareOptions, UsualOptions } from './rule-options.tsx'
import { RulePreview } from './rule-preview.tsx'
import type { ListedRule } from './use-rules.ts'
import './rules.css'

/** The initial values of the dialog. */
export interface RuleInHand extends RuleBegun {
  /** The rule to change; absent: a new one. */
  readonly rule?: ListedRule
}

interface RuleDialogProps extends RuleInHand {
  readonly onClose: () => void
}

/** Edits all settings of one watched folder, with a preview of the result. */
export function RuleDialog({ rule, onClose, ...begun }: RuleDialogProps) {
  const t = useText()
  const [draft, setDraft] = useState<RuleDraft>(() =>
    rule === undefined ? newDraft(begun) : draftOf(rule),
  )
  const [resolved, setResolved] = useState<string>()
  /** Only folders in Feishu hold further folders. */
  const [hasFolders, setHasFolders] = useState(true)
  const [problems, setProblems] = useState<readonly ErrorInfo[]>([])
  const [isBusy, setIsBusy] = useState(false)
  const [isBrowsing, setIsBrowsing] = useState(false)
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const setFolder = (next: string) => {
    setProblems([])
    change({ folder: next })
  }
  const isReady =
    draft.folder.trim() !== '' &&
    resolved !== undefined &&
    isNobodyOrPerson(draft.shareWith) &&
    !isBusy

  const submit = async () => {
    if (!isReady || resolved === undefined) return
    setIsBusy(true)
    const inDrive = hasFolders ? {} : { shareWith: '', documentText: '' }
    const found = await save(rule?.id ?? null, wishesOf({ ...draft, ...inDrive }, resolved))
    setIsBusy(false)
    setProblems(found.problems)
    if (found.problems.length > 0) return
    const name = folderName(draft.folder.trim())
    toast(t(rule === undefined ? 'ruleAdded' : 'ruleSaved', { name }))
    for (const warning of found.warnings) toastError(warning)
    onClose()
  }

  return (
    <>
      <Dialog
        wide
        title={t(rule === undefined ? 'ruleNew' : 'ruleEditTitle')}
        onClose={onClose}
        onSubmit={() => void submit()}
        foot={
          <>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" kind="primary" disabled={!isReady}>
              {t(rule === undefined ? 'ruleStart' : 'save')}
            </Button>
          </>
        }
      >
        <div className="rule-form">
          <FolderField
            value={draft.folder}
            onChange={setFolder}
            onBrowse={() => setIsBrowsing(true)}
            problems={problems}
          />
          <DestinationField
            takesFocus={false}
            value={draft.destinationText}
            onChange={(destinationText) => change({ destinationText })}
            account={draft.account}
            onResolved={(text, kind) => {
              setResolved(text)
              if (kind !== undefined) setHasFolders(kind === 'folder')
            }}
          />
          <AccountField value={draft.account} onChange={(account) => change({ account })} />
          <section className="rule-section">
            <h3>{t('rulePatterns')}</h3>
            <Patterns draft={draft} onChange={change} />
            <RulePreview
              rule={selectionOf(draft)}
              onAllowSensitive={(allowSensitive) => change({ allowSensitive })}
            />
          </section>
          <section className="rule-section">
            <UsualOptions draft={draft} onChange={change} hasFolders={hasFolders} />
          </section>
          <details className="fold rule-section">
            <summary>{t('ruleMore')}</summary>
            <RareOptions draft={draft} onChange={change} hasFolders={hasFolders} />
          </details>
        </div>
      </Dialog>
      {isBrowsing && (
        <BrowseDialog
          kind="folder"
          onClose={() => setIsBrowsing(false)}
          onPicked={([picked]) => {
            setIsBrowsing(false)
            if (picked !== undefined) setFolder(picked)
          }}
        />
      )}
    </>
  )
}

/** @returns why the rule was not stored; no problems when it was */
async function save(
  id: string | null,
  wishes: ReturnType<typeof wishesOf>,
): Promise<{ problems: readonly ErrorInfo[]; warnings: readonly ErrorInfo[] }> {
  const answer = await bridge.request('rules.save', { id, rule: wishes })
  if (!answer.ok) return { problems: [answer.error], warnings: [] }
  if (answer.value.kind === 'saved') return { problems: [], warnings: answer.value.warnings }
  return { problems: answer.value.problems.map(({ error }) => error), warnings: [] }
}

interface PatternsProps {
  readonly draft: RuleDraft
  readonly onChange: (change: Partial<RuleDraft>) => void
}

function Patterns({ draft, onChange }: PatternsProps) {
  const t = useText()
  const ids = [useId(), useId()] as const
  return (
    <>
      <div className="patterns">
        <div className="field">
          <label htmlFor={ids[0]}>{t('ruleInclude')}</label>
          <textarea
            id={ids[0]}
            className="input code"
            rows={3}
            spellCheck={false}
            value={draft.includeText}
            placeholder={t('ruleIncludePlaceholder')}
            onChange={(event) => onChange({ includeText: event.target.value })}
          />
          <PatternChips
            label={t('chipsInclude')}
            chips={INCLUDE_CHIPS}
            none="chipEverything"
            text={draft.includeText}
            onChange={(includeText) => onChange({ includeText })}
          />
        </div>
        <div className="field">
          <label htmlFor={ids[1]}>{t('ruleExclude')}</label>
          <textarea
            id={ids[1]}
            className="input code"
            rows={3}
            spellCheck={false}
            value={draft.excludeText}
            placeholder={t('ruleExcludePlaceholder')}
            onChange={(event) => onChange({ excludeText: event.target.value })}
          />
          <PatternChips
            label={t('chipsExclude')}
            chips={EXCLUDE_CHIPS}
            text={draft.excludeText}
            onChange={(excludeText) => onChange({ excludeText })}
          />
        </div>
      </div>
      <p className="field-note">{t('rulePatternsNote')}</p>
      <div className="usual">
        <CheckLabel
          isOn={draft.leavesOutUsual}
          onChange={(isOn) => onChange({ leavesOutUsual: isOn })}
        >
          {t('ruleUsual')}
        </CheckLabel>
        <details className="fold">
          <summary className="small">
            {t('ruleUsualWhich', {
              count: DEFAULT_EXCLUDES.length,
            })}
          </summary>
          <p className="code usual-patterns">
            {DEFAULT_EXCLUDES.map((pattern) => (
              <span key={pattern}>{pattern}</span>
            ))}
          </p>
        </details>
      </div>
    </>
  )
}
