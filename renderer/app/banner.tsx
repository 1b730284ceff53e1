import { useState } from 'react'
import type { LiveState } from '#shared/contract/live-state.ts'
import { explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { waitWords } from '#shared/text/describe.ts'
import { formatDuration, formatWhen } from '#shared/text/format.ts'
import { waitEndMs } from '#shared/transfer/quota-day.ts'
import { useApp } from '../data/app.ts'
import { bridge } from '../data/bridge.ts'
import { useNow } from '../data/clock.ts'
import { useConnection } from '../data/connection.ts'
import { explainError } from '../data/explain-error.ts'
import { useLive } from '../data/live.ts'
import { useLanguage, useText } from '../data/text.ts'
import { RemedyButton } from '../screens/accounts/remedy-button.tsx'
import { act } from '../screens/queue/row-actions.ts'
import { ErrorFacts } from '../screens/transfer/error-facts.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toastError } from '../ui/feedback.ts'
import { Icon, type IconName } from '../ui/icon.tsx'

const LONGEST_COUNTDOWN_MS = 10 * 60_000
/** Shorter waits are the ordinary rhythm of a busy upload. */
const WORTH_SAYING_MS = 1_500

interface BannerProps {
  readonly onAccount: () => void
  readonly onNetwork: () => void
}

/** Says that what is on screen is out of date, wherever the person is. Usually nothing. */
export function ConnectionBar() {
  const t = useText()
  const connection = useConnection()
  const sentences = (title: 'sessionOver' | 'hostGone', why: 'sessionOverWhy' | 'hostGoneWhy') =>
    t('failure.titleAndText', { title: t(title), text: t(why) })
  if (connection === 'lost')
    return <Bar icon="offline" tone="attention" text={sentences('hostGone', 'hostGoneWhy')} />
  if (connection !== 'over') return null
  return (
    <Bar icon="alert" tone="bad" text={sentences('sessionOver', 'sessionOverWhy')}>
      <Button size="small" onClick={() => location.reload()}>
        {t('signIn')}
      </Button>
    </Bar>
  )
}

/** Shows the app's overall state: no network, no account, a wait. Usually nothing. */
export function Banner({ onAccount, onNetwork }: BannerProps) {
  const t = useText()
  const language = useLanguage()
  const engine = useLive((live) => live.engine)
  const waiting = useLive((live) => live.waiting)
  const troubles = useLive((live) => live.accounts.troubles) ?? []
  const { accounts } = useApp().accounts
  const acts = { 'check-account': onAccount, 'network-settings': onNetwork, retry: retryAll }

  switch (engine?.kind) {
    case 'offline':
      return <NetworkGone />
    case 'no-account':
      return (
        <Bar icon="user" tone="attention" text={t('accountMissing')}>
          <Button size="small" onClick={onAccount}>
            {t('setUpAccount')}
          </Button>
        </Bar>
      )
    case 'blocked':
    case 'stopped': {
      if (engine.error === null) return null
      const { message, remedy } = explain(engine.error, language, { final: true })
      return (
        <Bar icon="alert" tone="bad" text={t('failure.withRemedy', { message, remedy })}>
          <RemedyButton error={engine.error} account={accounts[0]} acts={acts} size="small" />
          <Details error={engine.error} />
        </Bar>
      )
    }
    case 'paused':
      if (engine.pausedBy === 'metered') return <OnMetered />
      return null
    default: {
      const [trouble] = troubles
      const account = accounts.find(({ identity }) => identity === trouble?.identity)
      if (trouble !== undefined && account !== undefined) {
        const { message } = explain(trouble.error, language, { final: true })
        return (
          <Bar
            icon="alert"
            tone="attention"
            text={t('accountTrouble', { name: trouble.name, message })}
          >
            <RemedyButton error={trouble.error} account={account} acts={acts} size="small" />
          </Bar>
        )
      }
      return waiting && <Waiting {...waiting} />
    }
  }
}

/** Opens all that is known of a failure, for the person who is asked about it. */
function Details({ error }: { readonly error: ErrorInfo }) {
  const t = useText()
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <>
      <Button size="small" kind="plain" onClick={() => setIsOpen(true)}>
        {t('details')}
      </Button>
      {isOpen && (
        <Dialog
          title={explainError(error).message}
          onClose={close}
          foot={<Button onClick={close}>{t('close')}</Button>}
        >
          <ErrorFacts error={error} />
        </Dialog>
      )}
    </>
  )
}

/** The cause is put right elsewhere: all that waits for a person is tried once more. */
function retryAll(): void {
  void act('retry', { filter: { tab: 'attention', search: '' } })
}

/** Ends every wait: a person may know that what is waited for is over. */
function TryNow() {
  const t = useText()
  const all = { filter: { tab: 'waiting', search: '' } } as const
  return (
    <Button size="small" onClick={() => void act('retry', all)}>
      {t('tryNow')}
    </Button>
  )
}

/** The person may know what the connection costs. */
function OnMetered() {
  const t = useText()
  const send = async () => {
    const answer = await bridge.request('queue.use-metered', {})
    if (!answer.ok) toastError(answer.error)
  }
  return (
    <Bar icon="pause" tone="" text={t('onMetered')}>
      <Button size="small" onClick={() => void send()}>
        {t('uploadAnyway')}
      </Button>
    </Bar>
  )
}

function NetworkGone() {
  const t = useText()
  return (
    <Bar icon="offline" tone="attention" text={t('networkGone')}>
      <TryNow />
    </Bar>
  )
}

function Waiting({ reason, untilMs, error }: NonNullable<LiveState['waiting']>) {
  const t = useText()
  const language = useLanguage()
  const endMs = waitEndMs(error.code, untilMs, error.atMs)
  const leftMs = endMs - useNow(1_000)
  const words = waitWords(reason, error.code, language)
  if (reason === 'network') return <NetworkGone />
  if (leftMs < WORTH_SAYING_MS) return null
  const text =
    leftMs <= LONGEST_COUNTDOWN_MS
      ? t('goesOnIn', { words, time: formatDuration(leftMs, language) })
      : t('goesOnAt', { words, time: formatWhen(endMs, language) })
  return (
    <Bar icon="clock" tone="" text={text}>
      <TryNow />
    </Bar>
  )
}

interface BarProps {
  readonly icon: IconName
  readonly tone: 'bad' | 'attention' | ''
  readonly text: string
  readonly children?: React.ReactNode
}

function Bar({ icon, tone, text, children }: BarProps) {
  return (
    <div className={`notice banner ${tone}`} role={tone === '' ? undefined : 'alert'}>
      <Icon name={icon} />
      <p>{text}</p>
      {children}
    </div>
  )
}
