import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bridge } from '../bridge/bridge.ts'
import { setAccount, useApp, useLanguage } from '../state/app.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Segments } from '../ui/segments.tsx'
import { toast } from '../ui/toasts.tsx'

/** App id and secret. The secret goes in and is never shown again. */
export function AccountForm({ onSaved }: { readonly onSaved?: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { account } = useApp()
  const [appId, setAppId] = useState(account.appId ?? '')
  const [appSecret, setAppSecret] = useState('')
  const [brand, setBrand] = useState(account.brand)
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const idField = useId()
  const secretField = useId()

  if (account.source === 'environment') {
    return (
      <div className="notice">
        <Icon name="info" />
        <p>
          {t('accountFromEnvironment')}
          {account.appId !== null && <span className="code"> {account.appId}</span>}
        </p>
      </div>
    )
  }

  const save = async (next: { appId: string; appSecret: string; brand: typeof brand } | null) => {
    setIsBusy(true)
    const answer = await bridge.request('account.set', { account: next })
    setIsBusy(false)
    if (!answer.ok) {
      setError(`${answer.error.message[language]} ${answer.error.remedy[language]}`)
      return
    }
    setError(undefined)
    setAppSecret('')
    setAccount(answer.value)
    toast(next === null ? t('signedOut') : t('accountSaved'))
    if (next !== null) onSaved?.()
  }
  const isReady = /^[A-Za-z0-9_-]{4,64}$/.test(appId.trim()) && appSecret.length >= 8

  return (
    <form
      className="account-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void save({ appId: appId.trim(), appSecret, brand })
      }}
    >
      {account.kind === 'app' && (
        <div className="notice good">
          <Icon name="check" />
          <p>
            {t('accountStored')} <span className="code">{account.appId}</span>
          </p>
        </div>
      )}
      <Segments
        label={t('brand')}
        value={brand}
        options={[
          { value: 'feishu', label: t('feishu') },
          { value: 'lark', label: 'Lark' },
        ]}
        onChange={setBrand}
      />
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
          placeholder={account.kind === 'app' ? t('secretStored') : ''}
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
      {error !== undefined && (
        <div className="notice bad" role="alert">
          <Icon name="alert" />
          <p>{error}</p>
        </div>
      )}
      <div className="buttons">
        <Button type="submit" kind="primary" disabled={!isReady || isBusy}>
          {t('save')}
        </Button>
        {account.kind === 'app' && (
          <Button disabled={isBusy} onClick={() => void save(null)}>
            {t('signOut')}
          </Button>
        )}
      </div>
    </form>
  )
}
