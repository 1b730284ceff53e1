import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { type Explanation, explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { purposesOf } from '#shared/permissions/purposes-of.ts'
import type { Language } from '#shared/text/language.ts'
import { useApp } from '../../data/app.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { ownerOf } from '../accounts/former-account.ts'
import { HandOverDialog } from '../accounts/hand-over-dialog.tsx'
import { actFor, type RemedyActs, RemedyButton } from '../accounts/remedy-button.tsx'
import { act, makesSense, retryWords, showInFolder } from '../queue/row-actions.ts'
import { Candidates } from './candidates.tsx'
import { ErrorFacts } from './error-facts.tsx'

interface FailureCardProps {
  readonly row: TransferRow
  readonly error: ErrorInfo
  readonly isTriedAtStart: boolean
  readonly onAccount: () => void
  readonly onNetwork: () => void
  readonly onElsewhere: (row: TransferRow) => void
  readonly onFind: (row: TransferRow) => void
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
        {props.isTriedAtStart && <p className="quiet small">{t('triedAtStart')}</p>}
        <SmallPrint error={error} />
      </div>
    </section>
  )
}

/** Words the failure of a row; a waiting one is retried automatically. */
function explainIn(language: Language, { state }: TransferRow, error: ErrorInfo): Explanation {
  return explain(error, language, { final: state.kind !== 'waiting' })
}

/** The button that does what the remedy says, and one to try again. */
function Remedy(props: FailureCardProps) {
  const language = useLanguage()
  const { accounts, info } = useApp()
  const { row, error } = props
  const account = ownerOf(row.account, accounts.accounts)
  if (explainIn(language, row, error).actor === 'wait') return null
  const { onAccount, onNetwork, onElsewhere, onFind } = props
  const acts: RemedyActs = {
    'check-account': onAccount,
    'network-settings': onNetwork,
    // A file that came with a folder keeps its place in it.
    ...(row.remoteFolders.length === 0 && {
      'other-destination': () => onElsewhere(row),
      'find-file': () => onFind(row),
    }),
    'as-file': () => void act('as-file', { ids: [row.id] }),
    'show-file': info.capabilities.reveal ? () => void showInFolder(row.id) : undefined,
  }
  return (
    <div className="buttons">
      <RemedyButton
        error={error}
        account={account}
        acts={acts}
        purposes={purposesOf(row.destination, row.handling)}
        kind="primary"
      />
      {error.code === 'signed-out' && account !== undefined && accounts.accounts.length > 0 && (
        <AsSomebodyElse row={row} account={account} />
      )}
      <Retry
        row={row}
        isPrimary={actFor(error, account, acts) === undefined}
        words={error.candidates === undefined ? 'retry' : 'uploadBeside'}
      />
    </div>
  )
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
      {t(words === 'retry' ? retryWords(row.state.kind) : words)}
    </Button>
  )
}

function SmallPrint({ error }: { readonly error: ErrorInfo }) {
  const t = useText()
  return (
    <details className="small-print">
      <summary>{t('smallPrint')}</summary>
      <ErrorFacts error={error} />
    </details>
  )
}
