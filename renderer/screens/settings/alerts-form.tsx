import { useEffect, useId, useState } from 'react'
import type { AlertsView } from '#shared/contract/alert-channels.ts'
import { MOST_SILENT_HOURS } from '#shared/model/alerts.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { toastError } from '../../ui/feedback.ts'
import { toast } from '../../ui/toasts.tsx'
import { AmountField } from './amount-field.tsx'
import { Setting } from './setting.tsx'

type Wanted = Parameters<typeof bridge.request<'alerts.set'>>[1]

/** Messages to a group in Feishu or a web server, for a computer without a person in front of it. */
export function AlertsForm() {
  const t = useText()
  const language = useLanguage()
  const [alerts, setAlerts] = useState<AlertsView>()
  const [isAsking, setAsking] = useState(false)
  const [isSending, setSending] = useState(false)
  const load = async () => {
    const answer = await bridge.request('alerts.get', {})
    if (answer.ok) setAlerts(answer.value)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => void load(), [])
  if (alerts === undefined) return null

  const save = async (wanted: Wanted) => {
    const answer = await bridge.request('alerts.set', wanted)
    if (!answer.ok) return toastError(answer.error)
    setAlerts(answer.value)
    setAsking(false)
  }
  const test = async () => {
    setSending(true)
    const answer = await bridge.request('alerts.test', {})
    setSending(false)
    if (!answer.ok) toastError(answer.error)
    else if (answer.value.error === null) toast(t('alertSent'))
    await load()
  }
  const { host, kind, source, silentHours, failure } = alerts
  const receiver =
    host === null
      ? t('alertsNote')
      : t(kind === 'feishu-bot' ? 'alertsToBot' : 'alertsTo', { host })
  return (
    <>
      <Setting
        name={t('alerts')}
        note={source === 'environment' ? `${receiver} ${t('alertsFixed')}` : receiver}
      >
        <div className="with-button">
          {host !== null && (
            <Button icon="send" disabled={isSending} onClick={() => void test()}>
              {t('alertTest')}
            </Button>
          )}
          {source === 'stored' && (
            <Button onClick={() => void save({ receiver: null })}>{t('alertsOff')}</Button>
          )}
          {source === 'none' && !isAsking && (
            <Button onClick={() => setAsking(true)}>{t('alertsSetUp')}</Button>
          )}
        </div>
      </Setting>
      {isAsking && source === 'none' && (
        <ReceiverForm onSave={save} onCancel={() => setAsking(false)} />
      )}
      {failure !== null && <ErrorNotice text={errorText(failure, language)} />}
      <Setting name={t('silentHours')} note={t('silentHoursNote')}>
        <AmountField
          label={t('silentHours')}
          value={silentHours}
          unit={t('hours')}
          unitBytes={1}
          leastBytes={1}
          mostBytes={MOST_SILENT_HOURS}
          placeholder={t('silentNever')}
          rule={t('silentHoursRule')}
          onSave={(hours) => void save({ silentHours: hours })}
        />
      </Setting>
    </>
  )
}

interface ReceiverFormProps {
  readonly onSave: (wanted: Wanted) => Promise<void>
  readonly onCancel: () => void
}

function ReceiverForm({ onSave, onCancel }: ReceiverFormProps) {
  const t = useText()
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState('')
  const id = useId()
  const submit = () => void onSave({ receiver: { url: url.trim(), secret: secret.trim() || null } })
  return (
    <form
      className="proxy-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (url.trim() !== '') submit()
      }}
    >
      <div className="field across">
        <label htmlFor={`${id}-url`}>{t('alertUrl')}</label>
        <input
          id={`${id}-url`}
          className="input"
          spellCheck={false}
          autoComplete="off"
          placeholder="https://open.feishu.cn/open-apis/bot/v2/hook/…"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <p className="field-note">{t('alertUrlNote')}</p>
      </div>
      <div className="field across">
        <label htmlFor={`${id}-secret`}>{t('alertSecret')}</label>
        <input
          id={`${id}-secret`}
          className="input"
          type="password"
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
        />
        <p className="field-note">{t('alertSecretNote')}</p>
      </div>
      <div className="buttons across">
        <Button type="submit" kind="primary" disabled={url.trim() === ''}>
          {t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
