import { useEffect, useId, useState } from 'react'
import type { ProxySetting, ProxyView } from '#shared/contract/network-channels.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Segments } from '../../ui/segments.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Setting } from './setting.tsx'

const MOST_PORT = 65_535

/** Through which proxy Feidi goes. The system's and none take effect at once, one's own when saved. */
export function ProxyForm() {
  const t = useText()
  const [proxy, setProxy] = useState<ProxyView>()
  const [kind, setKind] = useState<ProxySetting['kind']>('system')
  useEffect(() => {
    void bridge.request('proxy.get', {}).then((answer) => {
      if (!answer.ok) return
      setProxy(answer.value)
      setKind(answer.value.kind)
    })
  }, [])
  if (proxy === undefined) return null

  const save = async (setting: ProxySetting, password?: string | null) => {
    const input = { proxy: setting, ...(password !== undefined && { password }) }
    const answer = await bridge.request('proxy.set', input)
    if (!answer.ok) return toastError(answer.error)
    setProxy(answer.value)
    setKind(answer.value.kind)
    if (setting.kind === 'manual') toast(t('proxySaved'))
  }
  const { hasPassword: _, ...setting } = proxy
  return (
    <>
      <Setting name={t('proxy')} note={t('proxyNote')}>
        <Segments
          label={t('proxy')}
          value={kind}
          options={[
            { value: 'system', label: t('proxySystem') },
            { value: 'none', label: t('proxyNone') },
            { value: 'manual', label: t('proxyManual') },
          ]}
          onChange={(next) => {
            setKind(next)
            if (next !== 'manual') void save({ ...setting, kind: next })
          }}
        />
      </Setting>
      {kind === 'manual' && <ManualProxy proxy={proxy} onSave={save} />}
    </>
  )
}

interface ManualProxyProps {
  readonly proxy: ProxyView
  readonly onSave: (setting: ProxySetting, password?: string | null) => Promise<void>
}

function ManualProxy({ proxy, onSave }: ManualProxyProps) {
  const t = useText()
  const [host, setHost] = useState(proxy.host)
  const [port, setPort] = useState(String(proxy.port))
  const [user, setUser] = useState(proxy.user)
  const [password, setPassword] = useState('')
  const [noProxy, setNoProxy] = useState(proxy.noProxy)
  const id = useId()

  const portNumber = Number(port)
  const isPort = /^\d+$/.test(port.trim()) && portNumber >= 1 && portNumber <= MOST_PORT
  const isHost = /^[^\s/@?#]+$/.test(host.trim())
  const isReady = isHost && isPort
  // A named user has their own password; without a user there is none.
  const isSamePlace = host.trim() === proxy.host && portNumber === proxy.port
  const keepsPassword = proxy.hasPassword && isSamePlace && user.trim() === proxy.user
  const submit = () => {
    const setting = {
      kind: 'manual',
      host: host.trim(),
      port: portNumber,
      user: user.trim(),
      noProxy: noProxy.trim(),
    } as const
    const next = password !== '' ? password : keepsPassword ? undefined : null
    void onSave(setting, next).then(() => setPassword(''))
  }
  return (
    <form
      className="proxy-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) submit()
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-host`}>{t('proxyHost')}</label>
        <input
          id={`${id}-host`}
          className="input"
          spellCheck={false}
          autoComplete="off"
          placeholder="proxy.example.com"
          value={host}
          aria-invalid={host !== '' && !isHost}
          onChange={(event) => setHost(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-port`}>{t('proxyPort')}</label>
        <input
          id={`${id}-port`}
          className="input num"
          inputMode="numeric"
          autoComplete="off"
          value={port}
          aria-invalid={!isPort}
          onChange={(event) => setPort(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-user`}>{t('proxyUser')}</label>
        <input
          id={`${id}-user`}
          className="input"
          spellCheck={false}
          autoComplete="off"
          placeholder={t('proxyUserNone')}
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-password`}>{t('proxyPassword')}</label>
        <input
          id={`${id}-password`}
          className="input"
          type="password"
          autoComplete="off"
          placeholder={keepsPassword ? t('secretStored') : ''}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <div className="field across">
        <label htmlFor={`${id}-except`}>{t('proxyExcept')}</label>
        <input
          id={`${id}-except`}
          className="input"
          spellCheck={false}
          autoComplete="off"
          placeholder="localhost, .corp.example"
          value={noProxy}
          onChange={(event) => setNoProxy(event.target.value)}
        />
        <p className="field-note">{t('proxyExceptNote')}</p>
      </div>
      <div className="buttons across">
        <Button type="submit" kind="primary" disabled={!isReady}>
          {t('save')}
        </Button>
        {!isReady && host !== '' && <span className="small quiet">{t('proxyIncomplete')}</span>}
      </div>
    </form>
  )
}
