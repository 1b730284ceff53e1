import { useEffect, useId, useState } from 'react'
import type { LimiterView } from '#shared/contract/network-channels.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Setting } from './setting.tsx'

type Wanted = Parameters<typeof bridge.request<'limiter.set'>>[1]

/** A server that all computers of the app share its limits through. */
export function LimiterForm() {
  const t = useText()
  const [limiter, setLimiter] = useState<LimiterView>()
  const [isAsking, setAsking] = useState(false)
  useEffect(() => {
    void bridge.request('limiter.get', {}).then((answer) => {
      if (answer.ok) setLimiter(answer.value)
    })
  }, [])
  if (limiter === undefined) return null

  const save = async (wanted: Wanted) => {
    const answer = await bridge.request('limiter.set', wanted)
    if (!answer.ok) return toastError(answer.error)
    setLimiter(answer.value)
    setAsking(false)
  }
  const { url, source } = limiter
  const note = url ?? t('limiterNote')
  return (
    <>
      <Setting
        name={t('limiter')}
        note={source === 'environment' ? `${note} · ${t('alertsFixed')}` : note}
      >
        {source === 'stored' && (
          <Button onClick={() => void save({ url: null })}>{t('alertsOff')}</Button>
        )}
        {source === 'none' && !isAsking && (
          <Button onClick={() => setAsking(true)}>{t('alertsSetUp')}</Button>
        )}
      </Setting>
      {isAsking && source === 'none' && (
        <AddressForm onSave={save} onCancel={() => setAsking(false)} />
      )}
    </>
  )
}

interface AddressFormProps {
  readonly onSave: (wanted: Wanted) => Promise<void>
  readonly onCancel: () => void
}

function AddressForm({ onSave, onCancel }: AddressFormProps) {
  const t = useText()
  const [url, setUrl] = useState('')
  const [password, setPassword] = useState('')
  const id = useId()
  const isReady = url.trim() !== ''
  return (
    <form
      className="proxy-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void onSave({ url: url.trim(), password: password || null })
      }}
    >
      <div className="field across">
        <label htmlFor={`${id}-url`}>{t('limiterUrl')}</label>
        <input
          id={`${id}-url`}
          className="input"
          spellCheck={false}
          autoComplete="off"
          placeholder="rediss://limits.example.com:6379"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <p className="field-note">{t('limiterUrlNote')}</p>
      </div>
      <div className="field across">
        <label htmlFor={`${id}-password`}>{t('limiterPassword')}</label>
        <input
          id={`${id}-password`}
          className="input"
          type="password"
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <div className="buttons across">
        <Button type="submit" kind="primary" disabled={!isReady}>
          {t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
