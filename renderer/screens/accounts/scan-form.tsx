import { useEffect, useRef, useState } from 'react'
import type { RegistrationView } from '#shared/contract/account-channels.ts'
import { setAccounts } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLive } from '../../data/live.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { copyText, openLink } from '../../ui/feedback.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { AppRights } from './app-rights.tsx'
import { SignInProgress, TimeLeft } from './sign-in-progress.tsx'
import { useSignIn } from './use-sign-in.ts'

interface ScanFormProps {
  readonly onDone: (() => void) | undefined
}

/** Has an app created by a scan, shows its rights, keeps it when the person agrees, and signs them in. */
export function ScanForm({ onDone }: ScanFormProps) {
  const t = useText()
  const language = useLanguage()
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const signIn = useSignIn(onDone)
  const live = useLive((state) => state.accounts.registration) ?? null
  const [begun, setBegun] = useState<RegistrationView>()
  // One that is under way is taken up; until the live state has a new one, the answer to the request is used.
  const view = live ?? begun ?? null
  useEndWithPage(view)

  const ask = async <T,>(question: () => Promise<T>): Promise<T> => {
    setIsBusy(true)
    setError(undefined)
    const answer = await question()
    setIsBusy(false)
    return answer
  }
  const begin = async () => {
    const answer = await ask(() => bridge.request('accounts.register', {}))
    if (answer.ok) setBegun(answer.value.registration)
    else setError(errorText(answer.error, language))
  }
  const cancel = () => {
    setBegun(undefined)
    void bridge.request('accounts.cancel-registration', {})
  }
  const keep = async ({ id, app }: RegistrationView) => {
    const kept = await ask(() => bridge.request('accounts.keep-registered', { id }))
    setBegun(undefined)
    if (!kept.ok) {
      setError(errorText(kept.error, language))
      return
    }
    setAccounts(kept.value)
    if (app === null) return
    // No address for a browser to return to is registered for such an app.
    const { appId, brand } = app
    const asked = { appId, brand, method: 'device', appSecret: null, furtherScopes: [] } as const
    const answer = await ask(() =>
      bridge.request('accounts.sign-in', { ...asked, furtherScopes: [] }),
    )
    if (answer.ok) signIn.follow(answer.value.signIn)
    else setError(errorText(answer.error, language))
  }

  if (signIn.view !== null) {
    return (
      <SignInProgress
        signIn={signIn.view}
        onCancel={signIn.cancel}
        onAgain={signIn.cancel}
        onRead={signIn.goOn}
      />
    )
  }
  if (view?.stage === 'found' && view.app !== null) {
    return (
      <div className="sign-in">
        <AppRights app={view.app} />
        <div className="buttons">
          <Button kind="primary" icon="check" disabled={isBusy} onClick={() => void keep(view)}>
            {t('keepApp')}
          </Button>
          <Button disabled={isBusy} onClick={cancel}>
            {t('doNotKeepApp')}
          </Button>
        </div>
      </div>
    )
  }
  if (view?.stage === 'waiting' && view.url !== null) {
    const { url } = view
    return (
      <div className="sign-in">
        <p role="status">{t('scanNow')}</p>
        <QrCode text={url} label={t('scanCode')} />
        <TimeLeft untilMs={view.expiresAtMs} />
        <div className="buttons">
          <Button kind="primary" icon="external" onClick={() => openLink(url)}>
            {t('openScanPage')}
          </Button>
          <Button icon="link" onClick={() => void copyText(url)}>
            {t('copyLink')}
          </Button>
          <Button onClick={cancel}>{t('cancel')}</Button>
        </div>
      </div>
    )
  }
  const failed = view?.error ? errorText(view.error, language) : error
  return (
    <div className="sign-in">
      <p>{t('scanWhat')}</p>
      <p className="field-note">{t('scanUndocumented')}</p>
      <ErrorNotice text={failed} />
      <div className="buttons">
        <Button kind="primary" icon="screen" disabled={isBusy} onClick={() => void begin()}>
          {t(failed === undefined ? 'scanStart' : 'startAgain')}
        </Button>
      </div>
    </div>
  )
}

/** A link that no one sees any more is not waited for. */
function useEndWithPage(view: RegistrationView | null): void {
  const stage = useRef(view?.stage)
  stage.current = view?.stage
  useEffect(
    () => () => {
      if (stage.current === 'waiting') void bridge.request('accounts.cancel-registration', {})
    },
    [],
  )
}
