import { useState } from 'react'
import type { CommonFailure } from '#shared/contract/live-state.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { useApp } from '../../data/app.ts'
import { explainError } from '../../data/explain-error.ts'
import { useLive } from '../../data/live.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ownerOf } from '../accounts/former-account.ts'
import { actFor, RemedyButton } from '../accounts/remedy-button.tsx'
import { AskBeforeCancel } from './ask-before-cancel.tsx'
import { RedirectDialog } from './redirect-dialog.tsx'
import { type AtStake, act, atStake } from './row-actions.ts'

interface FailureActs {
  readonly onShow: (failure: CommonFailure) => void
  readonly onAccount: () => void
  readonly onNetwork: () => void
}

interface FailureCardsProps extends FailureActs {
  /** Cards shown before the person asks for the others. */
  readonly most: number
}

/** One card for all files that failed alike, with one remedy for all of them. */
export function FailureCards({ most, ...acts }: FailureCardsProps) {
  const t = useText()
  const failures = useLive((live) => live.failures) ?? []
  const [isAll, setIsAll] = useState(false)
  if (failures.length === 0) return null
  const shown = isAll ? failures : failures.slice(0, most)
  const more = failures.length - shown.length
  return (
    <section className="failure-cards" aria-label={t('failuresAlike')}>
      {shown.map((failure) => (
        <FailureCard key={JSON.stringify(failure.filter)} failure={failure} {...acts} />
      ))}
      {failures.length > most && (
        <Button
          kind="plain"
          size="small"
          aria-expanded={isAll}
          icon={isAll ? 'up' : 'down'}
          onClick={() => setIsAll(!isAll)}
        >
          {isAll ? t('fewerReasons') : t('moreReasons', { count: more })}
        </Button>
      )}
    </section>
  )
}

function FailureCard({
  failure,
  onShow,
  onAccount,
  onNetwork,
}: FailureActs & { readonly failure: CommonFailure }) {
  const t = useText()
  const language = useLanguage()
  const { accounts } = useApp().accounts
  const [isRedirecting, setIsRedirecting] = useState(false)
  const [asking, setAsking] = useState<AtStake>()
  const { error, failed, blocked, filter: trouble, destinationName } = failure
  const count = failed + blocked
  const { message, remedy } = explainError(error, language)
  const account = ownerOf(failure.account ?? undefined, accounts)
  const selection = { filter: { tab: 'attention', search: '', trouble } } as const
  const acts = {
    'check-account': onAccount,
    'network-settings': onNetwork,
    'other-destination': () => setIsRedirecting(true),
  }
  const remedies = actFor(error, account, acts) !== undefined
  const cancel = () => void act('cancel', selection)
  return (
    <article className="notice failure bad failure-card">
      <Icon name="alert" />
      <div className="failure-body">
        <h3>{t('failedAlike', { count, message })}</h3>
        {destinationName !== null && (
          <p className="quiet small cut" title={placeHint(destinationName, language)}>
            {t('failedAt', { place: placeWords(destinationName, language) })}
          </p>
        )}
        {remedy !== '' && <p>{remedy}</p>}
        <div className="buttons">
          <RemedyButton error={error} account={account} acts={acts} size="small" kind="primary" />
          <Button
            size="small"
            icon="retry"
            {...(!remedies && { kind: 'primary' as const })}
            onClick={() => void act('retry', selection)}
          >
            {t('retryAll')}
          </Button>
          <Button size="small" kind="plain" icon="list" onClick={() => onShow(failure)}>
            {t('showThese')}
          </Button>
          {failed > 0 && (
            <Button
              size="small"
              kind="plain"
              icon="broom"
              onClick={() => void act('remove', selection)}
            >
              {t('removeAll')}
            </Button>
          )}
          {failed === 0 && (
            <Button
              size="small"
              kind="plain"
              icon="close"
              onClick={() =>
                void atStake('cancel', selection).then((stake) =>
                  stake === undefined ? cancel() : setAsking(stake),
                )
              }
            >
              {t('cancelUploads')}
            </Button>
          )}
        </div>
      </div>
      {isRedirecting && (
        <RedirectDialog
          selection={selection}
          count={count}
          account={failure.account ?? undefined}
          onClose={() => setIsRedirecting(false)}
        />
      )}
      {asking && (
        <AskBeforeCancel stake={asking} cancel={cancel} onClose={() => setAsking(undefined)} />
      )}
    </article>
  )
}

/** Says that only the files of one failure are shown, and ends it. */
export function FailureFilter({
  failure,
  onAll,
}: {
  readonly failure: Pick<CommonFailure, 'error'>
  readonly onAll: () => void
}) {
  const t = useText()
  const { message } = explainError(failure.error, useLanguage())
  return (
    <p className="rule-filter" title={message}>
      <Icon name="alert" />
      <span className="cut">{t('onlyFailure', { message })}</span>
      <Button kind="plain" size="small" icon="close" onClick={onAll}>
        {t('showAll')}
      </Button>
    </p>
  )
}
