import type { ErrorInfo } from '#shared/model/error-info.ts'
import { placeWords, whyNameless } from '#shared/text/place-words.ts'
import { useApp } from '../../data/app.ts'
import { errorText, explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { RemedyButton } from '../accounts/remedy-button.tsx'
import { destinationIcon, kindWord, whatHappens } from './kind-words.ts'
import type { Check, Found } from './use-check.ts'

interface VerdictProps {
  readonly isEmpty: boolean
  readonly check: Check | undefined
  /** The account that was asked for; undefined: the one in use. */
  readonly account: string | undefined
}

/** Shows the destination as understood, and whether files can go there. */
export function Verdict({ isEmpty, check, account }: VerdictProps) {
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
      return <Place found={check} account={account} />
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
      return <Refusal error={check.error} account={account} />
  }
}

function Place({ found, account }: { readonly found: Found } & Pick<VerdictProps, 'account'>) {
  const t = useText()
  const language = useLanguage()
  const { destination, name, link, verified, error } = found
  const label = placeWords(name, language)
  const nameless = whyNameless(name, language)
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
        {nameless !== undefined && destination.kind !== 'media' && (
          <p className="small quiet">{nameless}</p>
        )}
        <p className="small">{whatHappens(found)}</p>
        {!verified && destination.kind !== 'media' && (
          <p className="small place-doubt">
            <Icon name="info" />{' '}
            {(error && explainError(error, language).message) ?? t('notVerified')}
          </p>
        )}
        {!verified && error && <Way error={error} account={account} />}
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

interface FailureProps extends Pick<VerdictProps, 'account'> {
  readonly error: ErrorInfo
}

function Refusal({ error, account }: FailureProps) {
  const language = useLanguage()
  return (
    <div className="notice bad">
      <Icon name="alert" />
      <div className="place-words">
        <p>{errorText(error, language)}</p>
        <Way error={error} account={account} />
      </div>
    </div>
  )
}

/** The button that ends it, where there is one: another place is chosen in the field itself. */
function Way({ error, account: identity }: FailureProps) {
  const { accounts } = useApp().accounts
  const account = identity ? accounts.find((each) => each.identity === identity) : accounts[0]
  return <RemedyButton error={error} account={account} acts={{}} size="small" />
}
