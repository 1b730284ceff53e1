import { useId, useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import { setAccounts, useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { copyText, openLink } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { Segments } from '../../ui/segments.tsx'
import { toast } from '../../ui/toasts.tsx'
import { canReturnHere } from './browser-leg.ts'
import { SignInProgress } from './sign-in-progress.tsx'
import { useSignIn } from './use-sign-in.ts'

type Method = 'browser' | 'device' | 'app'

interface AccountFormProps {
  /** The account that signs in again; absent: any new account. */
  readonly account?: AccountView | undefined
  /** Scopes to ask for besides the usual ones. */
  readonly scopes?: readonly string[]
  readonly onDone?: () => void
}

/** Signs a person in, or adds an app as an account. A secret entered is never shown again. */
export function AccountForm({ account, scopes = [], onDone }: AccountFormProps) {
  const t = useText()
  const language = useLanguage()
  const app = useApp()
  const known = account ?? app.accounts.accounts.find(({ appId }) => appId !== null)
  const canReturn = canReturnHere(app)
  const [method, setMethod] = useState<Method>(
    account?.kind === 'app' ? 'app' : canReturn ? 'browser' : 'device',
  )
  const [brand, setBrand] = useState(known?.brand ?? 'feishu')
  const [appId, setAppId] = useState(known?.appId ?? '')
  const [appSecret, setAppSecret] = useState('')
  const [furtherScopes, setFurtherScopes] = useState(scopes.join(' '))
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const idField = useId()
  const secretField = useId()
  const needsNote = useId()
  const signIn = useSignIn(onDone)

  const isKept = app.accounts.accounts.some(
    (each) => each.source === 'stored' && each.appId === appId.trim() && each.brand === brand,
  )
  const needsSecret = method === 'app' || !isKept
  const isReady =
    /^[A-Za-z0-9_-]{4,64}$/.test(appId.trim()) &&
    (appSecret.length >= 8 || (appSecret === '' && !needsSecret))

  const submit = async () => {
    if (!isReady || isBusy) return
    setIsBusy(true)
    setError(undefined)
    const base = { appId: appId.trim(), brand }
    const answer =
      method === 'app'
        ? await bridge.request('accounts.add-app', { ...base, appSecret })
        : await bridge.request('accounts.sign-in', {
            ...base,
            method,
            appSecret: appSecret === '' ? null : appSecret,
            furtherScopes: furtherScopes.split(/[\s,]+/).filter((scope) => scope !== ''),
          })
    setIsBusy(false)
    if (!answer.ok) {
      setError(errorText(answer.error, language))
      return
    }
    setAppSecret('')
    if ('signIn' in answer.value) {
      signIn.follow(answer.value.signIn)
      // On the desktop the host has opened it already.
      if (method === 'browser' && app.info.host === 'web' && answer.value.signIn.url !== null) {
        openLink(answer.value.signIn.url)
      }
      return
    }
    setAccounts(answer.value)
    toast(t('accountSaved'))
    onDone?.()
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
  return (
    // No form of its own: a dialog around it is one already.
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field does what the button does
    <div
      className="account-form"
      onKeyDown={(event) => {
        const isField = event.target instanceof HTMLInputElement && event.target.type !== 'radio'
        if (event.key !== 'Enter' || !isField) return
        event.preventDefault()
        void submit()
      }}
    >
      <Segments
        label={t('brand')}
        value={brand}
        options={[
          { value: 'feishu', label: t('feishu') },
          { value: 'lark', label: 'Lark' },
        ]}
        onChange={(next) => {
          setBrand(next)
          setError(undefined)
        }}
      />
      <Segments
        label={t('howToSignIn')}
        value={method}
        options={[
          ...(canReturn ? [{ value: 'browser' as const, label: t('methodBrowser') }] : []),
          { value: 'device', label: t('methodDevice') },
          { value: 'app', label: t('methodApp') },
        ]}
        onChange={(next) => {
          setMethod(next)
          setError(undefined)
        }}
      />
      <p className="field-note">
        {t(
          method === 'browser'
            ? 'methodBrowserNote'
            : method === 'app'
              ? 'methodAppNote'
              : canReturn
                ? 'methodDeviceNote'
                : 'methodDeviceOnly',
        )}
      </p>
      <div className="field">
        <label htmlFor={idField}>{t('appId')}</label>
        <input
          id={idField}
          className="input"
          spellCheck={false}
          autoComplete="off"
          value={appId}
          placeholder="cli_…"
          onChange={(event) => setAppId(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={secretField}>{t('appSecret')}</label>
        <input
          id={secretField}
          className="input"
          type="password"
          autoComplete="off"
          value={appSecret}
          placeholder={needsSecret ? '' : t('secretStored')}
          onChange={(event) => setAppSecret(event.target.value)}
        />
        <p className="field-note">
          {t('whereIsIt')}{' '}
          <a
            href={
              brand === 'lark' ? 'https://open.larksuite.com/app' : 'https://open.feishu.cn/app'
            }
            target="_blank"
            rel="noreferrer"
          >
            {brand === 'lark' ? 'open.larksuite.com' : 'open.feishu.cn'}
          </a>
        </p>
      </div>
      <WhatTheAppNeeds
        withAddresses={method === 'browser'}
        furtherScopes={furtherScopes}
        // An app signs in with all the scopes it has.
        onFurtherScopes={method === 'app' ? undefined : setFurtherScopes}
      />
      {error !== undefined && (
        <div className="notice bad" role="alert">
          <Icon name="alert" />
          <p>{error}</p>
        </div>
      )}
      <div className="buttons">
        <Button
          kind="primary"
          icon="user"
          aria-describedby={isReady ? undefined : needsNote}
          disabled={!isReady || isBusy}
          onClick={() => void submit()}
        >
          {method === 'app' ? t('save') : t('signIn')}
        </Button>
        {!isReady && (
          <p id={needsNote} className="field-note">
            {t('formNeeds')}
          </p>
        )}
      </div>
    </div>
  )
}

interface NeedsProps {
  readonly withAddresses: boolean
  readonly furtherScopes: string
  readonly onFurtherScopes: ((text: string) => void) | undefined
}

/** Shows the values that the app's owner registers once, to be copied. */
function WhatTheAppNeeds({ withAddresses, furtherScopes, onFurtherScopes }: NeedsProps) {
  const t = useText()
  const field = useId()
  const { redirectAddresses, scopes } = useApp().accounts
  const parts = [
    ...(withAddresses ? [['redirectAddresses', redirectAddresses] as const] : []),
    ['scopesNeeded', scopes] as const,
  ]
  return (
    <details className="app-needs" open={furtherScopes !== ''}>
      <summary>{t('whatTheAppNeeds')}</summary>
      {parts.map(([words, values]) => (
        <div key={words} className="app-need">
          <div className="app-need-head">
            <span className="small quiet">{t(words)}</span>
            <IconButton
              icon="copy"
              size="small"
              label={t('copyWhat', { what: t(words) })}
              onClick={() => void copyText(values.join('\n'))}
            />
          </div>
          <ul className="code small">
            {values.map((value) => (
              <li key={value}>{value}</li>
            ))}
          </ul>
        </div>
      ))}
      {onFurtherScopes !== undefined && (
        <div className="field app-need">
          <label htmlFor={field}>{t('furtherScopes')}</label>
          <input
            id={field}
            className="input"
            spellCheck={false}
            autoComplete="off"
            value={furtherScopes}
            placeholder="docx:document wiki:node:read"
            onChange={(event) => onFurtherScopes(event.target.value)}
          />
          <p className="field-note">{t('furtherScopesNote')}</p>
        </div>
      )}
    </details>
  )
}
