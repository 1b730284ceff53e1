import type { ErrorCode } from '#shared/errors/error-code.ts'
import { explain } from '#shared/errors/explain.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { WaitReason } from '#shared/model/transfer.ts'
import { formatDuration, formatWhen } from '#shared/text/format.ts'
import { useApp } from '../data/app.ts'
import { bridge } from '../data/bridge.ts'
import { useNow } from '../data/clock.ts'
import { useConnection } from '../data/connection.ts'
import { useLive } from '../data/live.ts'
import { useLanguage, useText } from '../data/text.ts'
import { askToSignIn } from '../screens/accounts/sign-in-request.ts'
import { Button } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

const LONGEST_COUNTDOWN_MS = 10 * 60_000
/** Shorter waits are the ordinary rhythm of a busy upload. */
const WORTH_SAYING_MS = 1_500

interface BannerProps {
  readonly onAccount: () => void
  readonly onNetwork: () => void
}

/** Shows the app's overall state: no host, no network, no account, a wait. Usually nothing. */
export function Banner({ onAccount, onNetwork }: BannerProps) {
  const t = useText()
  const language = useLanguage()
  const connection = useConnection()
  const engine = useLive((live) => live.engine)
  const waiting = useLive((live) => live.waiting)
  const troubles = useLive((live) => live.accounts.troubles) ?? []
  const { accounts } = useApp().accounts
  const account = (
    <Button size="small" onClick={onAccount}>
      {t('setUpAccount')}
    </Button>
  )

  const sentences = (title: 'sessionOver' | 'hostGone', why: 'sessionOverWhy' | 'hostGoneWhy') =>
    t('failure.titleAndText', { title: t(title), text: t(why) })

  if (connection === 'over')
    return <Bar icon="alert" tone="bad" text={sentences('sessionOver', 'sessionOverWhy')} />
  if (connection === 'lost')
    return <Bar icon="offline" tone="attention" text={sentences('hostGone', 'hostGoneWhy')} />
  switch (engine?.kind) {
    case 'offline':
      return <Bar icon="offline" tone="attention" text={t('networkGone')} />
    case 'no-account':
      return (
        <Bar icon="user" tone="attention" text={t('accountMissing')}>
          {account}
        </Bar>
      )
    case 'blocked':
    case 'stopped': {
      if (engine.error === null) return null
      const { message, remedy } = explain(engine.error, language, { final: true })
      return (
        <Bar icon="alert" tone="bad" text={t('failure.withRemedy', { message, remedy })}>
          {engine.kind === 'blocked' && (
            <AccountRemedy error={engine.error} onAccount={onAccount} onNetwork={onNetwork} />
          )}
          <AdoptHome code={engine.error.code} />
        </Bar>
      )
    }
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
            <Button size="small" onClick={() => askToSignIn(account)}>
              {t('signInAgain')}
            </Button>
          </Bar>
        )
      }
      return waiting && <Waiting reason={waiting.reason} untilMs={waiting.untilMs} />
    }
  }
}

interface AccountRemedyProps extends BannerProps {
  readonly error: ErrorInfo
}

/** Leads to what ends the trouble of the account in use. A full storage is no matter of its settings. */
function AccountRemedy({ error, onAccount, onNetwork }: AccountRemedyProps) {
  const t = useText()
  const [inUse] = useApp().accounts.accounts
  const { domain } = lookUp(error)
  if (domain === 'quota') return null
  const [words, open] =
    domain === 'network'
      ? (['networkSettings', onNetwork] as const)
      : domain === 'auth' && inUse?.source === 'stored'
        ? (['signInAgain', () => askToSignIn(inUse)] as const)
        : (['checkAccount', onAccount] as const)
  return (
    <Button size="small" onClick={open}>
      {t(words)}
    </Button>
  )
}

const ADOPT = { 'home-moved': 'adoptMoved', 'home-restored': 'adoptRestored' } as const

/** Asks the user to confirm that this home is the one to continue with, when in doubt. */
function AdoptHome({ code }: { readonly code: ErrorCode }) {
  const t = useText()
  if (code !== 'home-moved' && code !== 'home-restored') return null
  return (
    <Button size="small" onClick={() => void bridge.request('home.adopt', {})}>
      {t(ADOPT[code])}
    </Button>
  )
}

interface WaitingProps {
  readonly reason: WaitReason
  readonly untilMs: number
}

function Waiting({ reason, untilMs }: WaitingProps) {
  const t = useText()
  const language = useLanguage()
  const leftMs = untilMs - useNow(1_000)
  const words = t(`wait.${reason}`)
  if (reason === 'network') return <Bar icon="offline" tone="attention" text={t('networkGone')} />
  if (leftMs < WORTH_SAYING_MS) return null
  const text =
    leftMs <= LONGEST_COUNTDOWN_MS
      ? t('goesOnIn', { words, time: formatDuration(leftMs, language) })
      : t('goesOnAt', { words, time: formatWhen(untilMs, language) })
  return <Bar icon="clock" tone="" text={text} />
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
