import { useId, useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import type { Brand } from '#shared/model/account.ts'
import { consolePage } from '#shared/permissions/console-pages.ts'
import type { Purpose } from '#shared/permissions/scope-groups.ts'
import { setAccounts, useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useServiceName, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { openLink } from '../../ui/feedback.ts'
import { Segments } from '../../ui/segments.tsx'
import { toast } from '../../ui/toasts.tsx'
import { AppNeeds, furtherScopesFor } from './app-needs.tsx'
import { canReturnHere } from './browser-leg.ts'
import { SignInProgress } from './sign-in-progress.tsx'
import { useSignIn } from './use-sign-in.ts'

type Method = 'browser' | 'device' | 'app'

interface AccountFormProps {
  /** The account that signs in again; absent: any new account. */
  readonly account?: AccountView | undefined
  /** Chosen before; absent: chosen here. */
  readonly brand?: Brand
  readonly onDone?: () => void
}

/** Signs a person in, or adds an app as an account. A secret entered is never shown again. */
export function AccountForm({ account, brand: given, onDone }: AccountFormProps) {
  const t = useText()
  const language = useLanguage()
  const app = useApp()
  // An app that is kept and that no one has signed in to yet is what a person is about to use.
  const [kept] = account === undefined ? app.accounts.apps : []
  const known = account ?? kept ?? app.accounts.accounts.find(({ appId }) => appId !== null)
  const canReturn = canReturnHere(app)
  const [method, setMethod] = useState<Method>(
    account?.kind === 'app' ? 'app' : canReturn && kept === undefined ? 'browser' : 'device',
  )
  const [chosenBrand, setBrand] = useState(known?.brand ?? 'feishu')
  const brand = given ?? chosenBrand
  const service = useServiceName(brand)
  const [appId, setAppId] = useState(known?.appId ?? '')
  const [appSecret, setAppSecret] = useState('')
  const [purposes, setPurposes] = useState<readonly Purpose[]>(['folder'])
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const idField = useId()
  const secretField = useId()
  const needsNote = useId()
  const signIn = useSignIn(onDone)

  const { accounts, apps } = app.accounts
  const isKept = [...apps, ...accounts.filter(({ source }) => source === 'stored')].some(
    (each) => each.appId === appId.trim() && each.brand === brand,
  )
  const needsSecret = method === 'app' || !isKept
  const isReady =
    /^[A-Za-z0-9_-]{4,64}$/.test(appId.trim()) &&
    (appSecret.length >= 8 || (appSecret === '' && !needsSecret))

  // With another app it would be another account.
  const isSameAgain =
    account?.kind === 'user' &&
    account.appId === appId.trim() &&
    account.brand === brand &&
    accounts.some(({ identity }) => identity === account.identity)

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
            furtherScopes: furtherScopesFor(purposes),
            ...(isSameAgain && { identity: account.identity }),
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
      {given === undefined && (
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
      )}
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
        {method === 'browser'
          ? t('methodBrowserNote', { service })
          : t(
              method === 'app'
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
          <a href={consolePage(brand)} target="_blank" rel="noreferrer">
            {brand === 'lark' ? 'open.larksuite.com' : 'open.feishu.cn'}
          </a>
        </p>
      </div>
      <AppNeeds
        brand={brand}
        appId={appId.trim()}
        isPerson={method !== 'app'}
        withAddresses={method === 'browser'}
        purposes={purposes}
        onPurposes={setPurposes}
      />
      <ErrorNotice text={error} />
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
