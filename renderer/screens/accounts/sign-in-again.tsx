import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useServiceName, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { openLink } from '../../ui/feedback.ts'
import { AccountForm } from './account-form.tsx'
import { canReturnHere } from './browser-leg.ts'
import { SignInProgress } from './sign-in-progress.tsx'
import { useSignIn } from './use-sign-in.ts'

interface SignInAgainProps {
  readonly account: AccountView
  readonly onDone: () => void
}

/** Signs a known person in again: app and secret are known, so one button is enough. */
export function SignInAgain({ account, onDone }: SignInAgainProps) {
  const t = useText()
  const language = useLanguage()
  const app = useApp()
  const service = useServiceName(account.brand)
  const method = canReturnHere(app) ? 'browser' : 'device'
  const signIn = useSignIn(onDone)
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const [isOtherWay, setOtherWay] = useState(false)

  const begin = async () => {
    setIsBusy(true)
    setError(undefined)
    const { appId, brand } = account
    const asked = { method, appId: appId ?? '', appSecret: null, brand } as const
    const answer = await bridge.request('accounts.sign-in', {
      ...asked,
      identity: account.identity,
      furtherScopes: [],
    })
    setIsBusy(false)
    if (!answer.ok) {
      setError(errorText(answer.error, language))
      return
    }
    const begun = answer.value.signIn
    signIn.follow(begun)
    // On the desktop the host has opened it already.
    if (method === 'browser' && app.info.host === 'web' && begun.url !== null) openLink(begun.url)
  }

  if (isOtherWay) return <AccountForm account={account} onDone={onDone} />
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
  return (
    <div className="account-form">
      <p>{method === 'browser' ? t('methodBrowserNote', { service }) : t('methodDeviceNote')}</p>
      <ErrorNotice text={error} />
      <div className="buttons">
        <Button kind="primary" icon="user" disabled={isBusy} onClick={() => void begin()}>
          {t('signInAgainAs', { name: account.name })}
        </Button>
        <Button kind="plain" onClick={() => setOtherWay(true)}>
          {t('signInOtherWay')}
        </Button>
      </div>
    </div>
  )
}
