import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestOutput } from '#shared/ipc/contract.ts'
import { bridge } from '../bridge/bridge.ts'
import { useLanguage } from '../state/app.ts'
import { Icon } from '../ui/icon.tsx'

type Check = RequestOutput<'destination.check'>
type Recent = RequestOutput<'destination.recent'>['recent'][number]

const CHECK_AFTER_MS = 250
const MOST_RECENT = 6

interface DestinationFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** The checked destination in its short form; undefined while there is none. */
  readonly onResolved: (text: string | undefined) => void
  /** False: it is not the first field, so the focus stays where it is. */
  readonly takesFocus?: boolean
}

/** Paste a link or take one of the last; below it stands what was understood. */
export function DestinationField({
  value,
  onChange,
  onResolved,
  takesFocus = true,
}: DestinationFieldProps) {
  const { t } = useTranslation()
  const inputId = useId()
  const noteId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [recent, setRecent] = useState<readonly Recent[]>([])
  const check = useCheck(value)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (takesFocus) input.current?.focus()
    void bridge.request('destination.recent', {}).then((answer) => {
      if (!answer.ok) return
      setRecent(answer.value.recent.slice(0, MOST_RECENT))
      const [last] = answer.value.recent
      if (value === '' && last !== undefined) onChange(last.text)
    })
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: tells when the answer is another one
  useEffect(() => onResolved(check?.kind === 'ok' ? check.text : undefined), [check])

  return (
    <div className="destination-field">
      <div className="field">
        <label htmlFor={inputId}>{t('destinationLabel')}</label>
        <input
          ref={input}
          id={inputId}
          className="input"
          spellCheck={false}
          autoComplete="off"
          value={value}
          placeholder={t('destinationPlaceholder')}
          aria-describedby={noteId}
          aria-invalid={check?.kind === 'refused'}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange(event.target.value)}
        />
        <div id={noteId} aria-live="polite">
          <Verdict isEmpty={value.trim() === ''} check={check} />
        </div>
      </div>
      {recent.length > 0 && (
        <fieldset className="recent">
          <legend className="small quiet">{t('recentDestinations')}</legend>
          {recent.map((each) => (
            <button
              key={each.text}
              type="button"
              className="recent-item"
              aria-pressed={each.text === value}
              onClick={() => onChange(each.text)}
            >
              <Icon name={each.destination.kind === 'folder' ? 'folder' : 'file'} />
              <span className="cut">{each.label}</span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function useCheck(value: string): Check | undefined {
  const [check, setCheck] = useState<Check>()
  useEffect(() => {
    setCheck(undefined)
    const text = value.trim()
    if (text === '') return
    let isStale = false
    const timer = setTimeout(() => {
      void bridge.request('destination.check', { text }).then((answer) => {
        if (isStale) return
        setCheck(answer.ok ? answer.value : { kind: 'refused', error: answer.error })
      })
    }, CHECK_AFTER_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [value])
  return check
}

function Verdict({
  isEmpty,
  check,
}: {
  readonly isEmpty: boolean
  readonly check: Check | undefined
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (isEmpty) return <p className="field-note">{t('destinationHint')}</p>
  if (check === undefined) {
    return (
      <p className="field-note verdict">
        <span className="spinner" /> {t('looking')}
      </p>
    )
  }
  if (check.kind === 'refused') {
    return (
      <div className="notice bad">
        <Icon name="alert" />
        <p>
          {check.error.message[language]} {check.error.remedy[language]}
        </p>
      </div>
    )
  }
  return (
    <div className={check.verified ? 'notice good' : 'notice attention'}>
      <Icon name={check.verified ? 'check' : 'info'} />
      <p>
        {t('resolvedTo', { name: check.label })}
        {!check.verified && (
          <span className="field-note"> {check.error?.message[language] ?? t('notVerified')}</span>
        )}
      </p>
    </div>
  )
}
