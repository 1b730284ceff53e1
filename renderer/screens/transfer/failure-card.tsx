import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { type Explanation, explain } from '#shared/errors/explain.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { formatMoment } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { useApp } from '../../data/app.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { permissionsPage } from '../accounts/browser-leg.ts'
import { formerAccount } from '../accounts/former-account.ts'
import { HandOverDialog } from '../accounts/hand-over-dialog.tsx'
import { askToSignIn } from '../accounts/sign-in-request.ts'
import { act, copyText, makesSense, showInFolder } from '../queue/row-actions.ts'
import { openLink } from '../queue/row-menu.ts'
import { Candidates } from './candidates.tsx'

interface FailureCardProps {
  readonly row: TransferRow
  readonly error: ErrorInfo
  readonly onAccount: () => void
  readonly onNetwork: () => void
  readonly onElsewhere: (row: TransferRow) => void
}

const TURNS = {
  you: { words: 'yourTurn', icon: 'user', tone: 'attention' },
  admin: { words: 'adminTurn', icon: 'user', tone: 'attention' },
  wait: { words: 'waitTurn', icon: 'clock', tone: '' },
} as const satisfies Record<Explanation['actor'], { words: string; icon: IconName; tone: string }>

/** Shows the failure, whose turn it is, and the one action to take. */
export function FailureCard(props: FailureCardProps) {
  const { row, error } = props
  const t = useText()
  const language = useLanguage()
  const { message, remedy, actor } = explainIn(language, row, error)
  const turn = TURNS[actor]
  const tone = row.state.kind === 'failed' ? 'bad' : turn.tone
  return (
    <section className={`notice failure ${tone}`} aria-label={t('whatWentWrong')}>
      <Icon name={tone === '' ? 'clock' : 'alert'} />
      <div className="failure-body">
        <h3>{message}</h3>
        <p className="turn">
          <Icon name={turn.icon} />
          {t(turn.words)}
        </p>
        {remedy !== '' && <p>{remedy}</p>}
        {error.candidates !== undefined && <Candidates row={row} candidates={error.candidates} />}
        <Remedy {...props} />
        <SmallPrint error={error} time={formatMoment(error.atMs, language)} />
      </div>
    </section>
  )
}

/** Words the failure of a row; a waiting one is retried automatically. */
function explainIn(language: Language, { state }: TransferRow, error: ErrorInfo): Explanation {
  return explain(error, language, { final: state.kind !== 'waiting' })
}

interface RemedyButton {
  readonly words:
    | 'openScopePage'
    | 'checkAccount'
    | 'signInAgain'
    | 'networkSettings'
    | 'chooseDestination'
    | 'showInFolder'
  readonly icon: IconName
  readonly run: () => void
}

/** The button that does what the remedy says, and one to try again. */
function Remedy(props: FailureCardProps) {
  const t = useText()
  const language = useLanguage()
  const { accounts, info } = useApp()
  const { row, error } = props
  const account = accountOf(row, accounts.accounts)
  if (explainIn(language, row, error).actor === 'wait') return null
  const remedy = remedyOf(props, account, info.capabilities.reveal)
  return (
    <div className="buttons">
      {remedy !== undefined && (
        <Button kind="primary" icon={remedy.icon} onClick={remedy.run}>
          {t(remedy.words)}
        </Button>
      )}
      {error.code === 'signed-out' && account !== undefined && accounts.accounts.length > 0 && (
        <AsSomebodyElse row={row} account={account} />
      )}
      <Retry
        row={row}
        isPrimary={remedy === undefined}
        words={error.candidates === undefined ? 'retry' : 'uploadBeside'}
      />
    </div>
  )
}

/** Returns the owner of a transfer, signed in or not; without one, the account in use. */
function accountOf(
  { account: identity }: TransferRow,
  [inUse, ...others]: readonly AccountView[],
): AccountView | undefined {
  if (identity === undefined || identity === inUse?.identity) return inUse
  return others.find((other) => other.identity === identity) ?? formerAccount(identity)
}

function AsSomebodyElse({
  row,
  account,
}: {
  readonly row: TransferRow
  readonly account: AccountView
}) {
  const t = useText()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button icon="user" onClick={() => setIsOpen(true)}>
        {t('handOver')}
      </Button>
      {isOpen && (
        <HandOverDialog
          from={account}
          transferId={row.id}
          fileName={row.fileName}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}

function remedyOf(
  { row, error, onAccount, onNetwork, onElsewhere }: FailureCardProps,
  account: AccountView | undefined,
  canReveal: boolean,
): RemedyButton | undefined {
  const { domain } = lookUp(error)
  const scopes = error.missingScopes
  if (scopes?.length && account !== undefined && account.appId !== null) {
    const link = permissionsPage(account.brand, account.appId, scopes)
    return { words: 'openScopePage', icon: 'external', run: () => openLink(link) }
  }
  if (means(error, 'network-settings')) {
    return { words: 'networkSettings', icon: 'settings', run: onNetwork }
  }
  if (domain === 'auth' && account?.source === 'stored') {
    return { words: 'signInAgain', icon: 'user', run: () => askToSignIn(account) }
  }
  if (domain === 'auth') return { words: 'checkAccount', icon: 'user', run: onAccount }
  if (domain === 'target' && row.remoteFolders.length === 0) {
    return { words: 'chooseDestination', icon: 'folder', run: () => onElsewhere(row) }
  }
  if (domain === 'source' && canReveal) {
    return { words: 'showInFolder', icon: 'folder', run: () => void showInFolder(row.id) }
  }
  return undefined
}

interface RetryProps {
  readonly row: TransferRow
  readonly isPrimary: boolean
  readonly words: 'retry' | 'uploadBeside'
}

function Retry({ row, isPrimary, words }: RetryProps) {
  const t = useText()
  if (!makesSense('retry', row.state.kind)) return null
  return (
    <Button
      {...(isPrimary && { kind: 'primary' as const })}
      icon="retry"
      onClick={() => void act('retry', { ids: [row.id] })}
    >
      {t(words)}
    </Button>
  )
}

function SmallPrint({ error, time }: { readonly error: ErrorInfo; readonly time: string }) {
  const t = useText()
  const lines = [
    [t('errorCode'), String(error.code)],
    [t('logId'), error.logId],
    [t('time'), time],
    [t('endpoint'), error.endpoint],
    [t('missingScopes'), error.missingScopes?.join(', ')],
    [t('detail'), error.detail],
  ].filter((line): line is [string, string] => line[1] !== undefined && line[1] !== '')
  const text = lines.map(([name, value]) => `${name}: ${value}`).join('\n')
  return (
    <details className="small-print">
      <summary>{t('smallPrint')}</summary>
      <dl className="facts small">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="code">{value}</dd>
          </div>
        ))}
      </dl>
      <Button kind="plain" size="small" icon="copy" onClick={() => void copyText(text)}>
        {t('copyForSupport')}
      </Button>
    </details>
  )
}
