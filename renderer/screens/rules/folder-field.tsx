import { useId } from 'react'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'

interface FolderFieldProps {
  readonly value: string
  readonly onChange: (folder: string) => void
  /** Opens the folders of the machine Feidi runs on, where it has no dialog of its own. */
  readonly onBrowse: () => void
  readonly problems: readonly ErrorInfo[]
}

/** Which folder: typed, or picked with the system's dialog or ours. */
export function FolderField({ value, onChange, onBrowse, problems }: FolderFieldProps) {
  const t = useText()
  const language = useLanguage()
  const { info } = useApp()
  const inputId = useId()
  const noteId = useId()

  const pick = async () => {
    if (!info.capabilities.dialogs) {
      onBrowse()
      return
    }
    const answer = await bridge.request('files.pick', { kind: 'folder' })
    if (!answer.ok) toastError(answer.error)
    else if (answer.value.paths?.[0] !== undefined) onChange(answer.value.paths[0])
  }

  return (
    <div className="field">
      <label htmlFor={inputId}>{t('ruleFolder')}</label>
      <div className="folder-field">
        <input
          id={inputId}
          className="input code"
          spellCheck={false}
          autoComplete="off"
          value={value}
          placeholder={t('ruleFolderPlaceholder')}
          aria-describedby={noteId}
          aria-invalid={problems.length > 0}
          onChange={(event) => onChange(event.target.value)}
        />
        <Button icon="folder" onClick={() => void pick()}>
          {t('choose')}
        </Button>
      </div>
      <div id={noteId} aria-live="polite">
        {problems.map((problem) => (
          <div key={`${problem.code} ${problem.detail}`} className="notice bad">
            <Icon name="alert" />
            <p>{errorText(problem, language)}</p>
          </div>
        ))}
      </div>
    </div>
  )
}
