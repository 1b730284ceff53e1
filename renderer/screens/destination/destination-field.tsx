import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { DestinationKind } from '#shared/model/transfer.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { bridge } from '../../data/bridge.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Segments } from '../../ui/segments.tsx'
import { BaseFields } from './base-fields.tsx'
import { destinationIcon } from './kind-words.ts'
import { PlacePicker } from './place-picker.tsx'
import { entryWords } from './place-rows.tsx'
import { type Check, type Found, useCheck } from './use-check.ts'
import type { PlaceEntry } from './use-place-list.ts'
import { Verdict } from './verdict.tsx'
import './destination.css'

type Recent = RequestOutput<'destination.recent'>['recent'][number]

const MOST_RECENT = 6

interface DestinationFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** The account that is to upload there; undefined: the account in use. */
  readonly account?: string | undefined
  /** The checked destination in its short form, and of what kind it is; undefined while there is none. */
  readonly onResolved: (text: string | undefined, kind?: DestinationKind) => void
  /** False: it is not the first field, so the focus stays where it is. */
  readonly takesFocus?: boolean
}

/** Paste a link or take one of the last; below it stands what was understood, and what is to choose. */
export function DestinationField({
  value,
  onChange,
  account,
  onResolved,
  takesFocus = true,
}: DestinationFieldProps) {
  const t = useText()
  const language = useLanguage()
  const inputId = useId()
  const noteId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [recent, setRecent] = useState<readonly Recent[]>([])
  const check = useCheck(value, account)
  const fresh = check?.kind === 'ok' ? check : undefined
  const [isTyped, setTyped] = useState(false)
  const names = useNames(recent, fresh, value)
  const chosen = useRef(new Map<string, string>())
  const shown = (isTyped ? undefined : (names.get(value) ?? chosen.current.get(value))) || value
  const choose = (text: string) => {
    setTyped(false)
    onChange(text)
  }
  const [isBrowsing, setBrowsing] = useState(false)
  const take = useCallback(
    (entry: PlaceEntry) => {
      const { text } = entry
      if (text === null) return
      // It has a name before it has been checked.
      chosen.current.set(text, entryWords(entry, language))
      setTyped(false)
      onChange(text)
    },
    [onChange, language],
  )
  const found = useSteady(fresh, check === undefined)

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
  useEffect(() => onResolved(fresh?.text, fresh?.destination.kind), [check])

  return (
    <div className="destination-field">
      <div className="field">
        <div className="destination-label">
          <label htmlFor={inputId}>{t('destinationLabel')}</label>
          <Button
            kind="plain"
            size="small"
            icon="folder"
            aria-expanded={isBrowsing}
            onClick={() => setBrowsing(!isBrowsing)}
          >
            {t('browse')}
          </Button>
        </div>
        <input
          ref={input}
          id={inputId}
          className="input"
          spellCheck={false}
          autoComplete="off"
          value={shown}
          title={shown}
          placeholder={t('destinationPlaceholder')}
          aria-describedby={noteId}
          aria-invalid={check?.kind === 'refused'}
          onFocus={(event) => event.target.select()}
          onBlur={() => setTyped(false)}
          onChange={(event) => {
            setTyped(true)
            onChange(event.target.value)
          }}
        />
        <div id={noteId} aria-live="polite">
          <Verdict isEmpty={value.trim() === ''} check={check} account={account} />
        </div>
      </div>
      {check?.kind === 'choose' && <Choices check={check} onChoose={choose} />}
      {found?.wikiPage && <PagePlace choice={found.wikiPage} onChange={choose} />}
      {found?.destination.kind === 'base' && (
        <BaseFields found={found} account={account} onChange={choose} />
      )}
      {isBrowsing && <PlacePicker account={account} onChoose={take} />}
      {recent.length > 0 && !isBrowsing && check?.kind !== 'choose' && (
        <fieldset className="recent">
          <legend className="small quiet">{t('recentDestinations')}</legend>
          {recent.map((each) => (
            <button
              key={each.text}
              type="button"
              className="recent-item"
              title={placeHint(each.name, language)}
              aria-pressed={each.text === (fresh?.text ?? value)}
              onClick={() => choose(each.text)}
            >
              <Icon name={destinationIcon(each.destination.kind)} />
              <span className="cut">{placeWords(each.name, language)}</span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

/** Into what a wiki page shows, or below the page. */
function PagePlace({
  choice,
  onChange,
}: {
  readonly choice: NonNullable<Found['wikiPage']>
  readonly onChange: (text: string) => void
}) {
  const t = useText()
  return (
    <Segments
      label={t('wherePage')}
      value={choice.isInto ? 'into' : 'below'}
      options={[
        { value: 'into', label: t('intoPage') },
        { value: 'below', label: t('asChildPage') },
      ]}
      onChange={(where) => onChange(choice[where])}
    />
  )
}

/** Returns the names of the places that are known here, by their short form. */
function useNames(
  recent: readonly Recent[],
  fresh: Found | undefined,
  value: string,
): ReadonlyMap<string, string> {
  const language = useLanguage()
  const seen = useRef(new Map<string, PlaceName>())
  for (const { text, name } of [...recent, ...(fresh === undefined ? [] : [fresh])]) {
    seen.current.set(text, name)
  }
  // A page of a wiki is found as what it shows. A link stays as it was pasted.
  if (fresh !== undefined && !/^https?:/i.test(value)) seen.current.set(value, fresh.name)
  return new Map([...seen.current].map(([text, name]) => [text, placeWords(name, language)]))
}

/** The last place that was found stays while the next answer is on its way: nothing jumps. */
function useSteady(fresh: Found | undefined, isLooking: boolean): Found | undefined {
  const last = useRef<Found>(undefined)
  if (!isLooking) last.current = fresh
  return fresh ?? last.current
}

interface ChoicesProps {
  readonly check: Extract<Check, { kind: 'choose' }>
  readonly onChoose: (text: string) => void
}

/** The tables or fields that one has to be chosen from. */
function Choices({ check, onChoose }: ChoicesProps) {
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
