import { useEffect, useRef, useState } from 'react'
import type { AccountView, SignInView } from '#shared/contract/account-channels.ts'
import { groupsBehind } from '#shared/permissions/choose-scopes.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useServiceName, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { openLink } from '../../ui/feedback.ts'
import { canReturnHere } from './browser-leg.ts'
import { SignInProgress } from './sign-in-progress.tsx'
import type { Grant } from './sign-in-request.ts'
import { useSignIn } from './use-sign-in.ts'

interface GrantFormProps {
  readonly account: AccountView
  readonly grant: Grant
  readonly onDone: () => void
}

/** Opens the sign-in for missing permissions at once: nothing is left to fill in. */
export function GrantForm({ account, grant, onDone }: GrantFormProps) {
  const t = useText()
  const language = useLanguage()
  const app = useApp()
  const service = useServiceName(account.brand)
  const [error, setError] = useState<string>()
  const signIn = useSignIn(onDone)
  const hasBegun = useRef(false)

  const begin = async (method: SignInView['method']) => {
    setError(undefined)
    const { identity } = account
    const missing = grant.missing.slice(0, 40)
    const asked = { identity, method, missing, purposes: [...grant.purposes] }
    const answer = await bridge.request('accounts.grant', asked)
    if (!answer.ok) {
      setError(errorText(answer.error, language))
      return
    }
    signIn.follow(answer.value.signIn)
    // On the desktop the host has opened it already.
    if (method === 'browser' && app.info.host === 'web' && answer.value.signIn.url !== null) {
      openLink(answer.value.signIn.url)
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    void begin(canReturnHere(app) ? 'browser' : 'device')
  }, [])

  return (
    <div className="grant">
      <p>{t('grantWhat', { service })}</p>
      <ul className="code small scopes">
        {scopesIn(grant).map((scope) => (
          <li key={scope}>{scope}</li>
        ))}
      </ul>
      {error !== undefined && (
        <div className="sign-in">
          <ErrorNotice text={error} />
          <div className="buttons">
            <Button kind="primary" icon="user" onClick={() => void begin('device')}>
              {t('grantWithCode')}
            </Button>
          </div>
        </div>
      )}
      {error === undefined && signIn.view === null && (
        <p className="field-note">
          <span className="spinner" /> {t('looking')}
        </p>
      )}
      {signIn.view !== null && (
        <>
          <SignInProgress
            signIn={signIn.view}
            onCancel={() => {
              signIn.cancel()
              onDone()
            }}
            onAgain={() => void begin(signIn.view?.method ?? 'device')}
            onRead={signIn.goOn}
          />
          {signIn.view.stage === 'waiting' && signIn.view.method === 'browser' && (
            <>
              <p className="field-note">{t('grantRefused', { service })}</p>
              <div className="buttons">
                <Button size="small" onClick={() => void begin('device')}>
                  {t('grantWithCode')}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </div>
  )
}

/** The host may choose others of the same effect, by what the app has. */
function scopesIn({ missing, purposes }: Grant): string[] {
  return [...new Set(groupsBehind(missing, purposes).map(([leading]) => leading))]
}
