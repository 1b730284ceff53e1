import type { ErrorInfo } from '#shared/model/error-info.ts'
import { errorText, explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { destinationIcon, kindWord, whatHappens } from './kind-words.ts'
import type { Check, Found } from './use-check.ts'

interface VerdictProps {
  readonly isEmpty: boolean
  readonly check: Check | undefined
}

/** Shows the destination as understood, and whether files can go there. */
export function Verdict({ isEmpty, check }: VerdictProps) {
  const t = useText()
  if (isEmpty) return <p className="field-note">{t('destinationHint')}</p>
  if (check === undefined) {
    return (
      <p className="field-note verdict">
        <span className="spinner" /> {t('looking')}
      </p>
    )
  }
  switch (check.kind) {
    case 'ok':
      return <Place found={check} />
    case 'choose':
      return (
        <div className="notice attention">
          <Icon name="info" />
          <p>
            {check.title !== null && <strong>{check.title} · </strong>}
            {t(check.what === 'table' ? 'chooseTable' : 'chooseField')}
          </p>
        </div>
      )
    case 'refused':
      return <Refusal error={check.error} />
  }
}

function Place({ found }: { readonly found: Found }) {
  const t = useText()
  const language = useLanguage()
  const { destination, label, link, verified, error } = found
  return (
    <div className={verified ? 'place' : 'place unverified'}>
      <span className="place-icon">
        <Icon name={destinationIcon(destination.kind)} />
      </span>
      <div className="place-words">
        <p className="small quiet">{kindWord(destination)}</p>
        <p className="place-title cut" title={label}>
          {label}
        </p>
        <p className="small">{whatHappens(found)}</p>
        {!verified && destination.kind !== 'media' && (
          <p className="small place-doubt">
            <Icon name="info" />{' '}
            {(error && explainError(error, language).message) ?? t('notVerified')}
          </p>
        )}
      </div>
      {link !== null && (
        <a
          className="button plain icon-only small"
          href={link}
          target="_blank"
          rel="noreferrer"
          aria-label={t('openInFeishu')}
          title={t('openInFeishu')}
        >
          <Icon name="external" />
        </a>
      )}
    </div>
  )
}

function Refusal({ error }: { readonly error: ErrorInfo }) {
  const language = useLanguage()
  return (
    <div className="notice bad">
      <Icon name="alert" />
      <p>{errorText(error, language)}</p>
    </div>
  )
}
