import { useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatDuration } from '#shared/text/format.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { CaFileField } from './ca-file-field.tsx'
import { ProxyForm } from './proxy-form.tsx'
import type { SetSettings } from './set-settings.ts'
import { Section, Setting } from './setting.tsx'

export function NetworkSection({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { caFile } = useApp().settings
  return (
    <Section id="network" title={t('network')}>
      <ProxyForm />
      <CaFileField caFile={caFile} onSave={(path) => onSet({ caFile: path })} />
      <TestConnection />
    </Section>
  )
}

type Test = RequestOutput<'network.test'>

/** A clock that is further off than this spoils signing in. */
const CLOCK_OFF_MS = 60_000

/** Goes to Feishu and back once, and says what happened. */
function TestConnection() {
  const t = useText()
  const language = useLanguage()
  const [test, setTest] = useState<Test | 'running'>()
  const [failure, setFailure] = useState<string>()
  const run = async () => {
    setTest('running')
    setFailure(undefined)
    const answer = await bridge.request('network.test', {})
    setTest(answer.ok ? answer.value : undefined)
    if (!answer.ok) setFailure(explainError(answer.error, language).message)
  }
  return (
    <>
      <Setting name={t('testConnection')} note={t('testConnectionNote')}>
        <Button icon="send" disabled={test === 'running'} onClick={() => void run()}>
          {test === 'running' ? t('testing') : t('test')}
        </Button>
      </Setting>
      <div className="test-result" role="status">
        {failure !== undefined && (
          <div className="notice bad">
            <Icon name="alert" />
            <p>{failure}</p>
          </div>
        )}
        {test !== undefined && test !== 'running' && <TestResult test={test} />}
      </div>
    </>
  )
}

function TestResult({ test }: { readonly test: Test }) {
  const t = useText()
  const language = useLanguage()
  const { host, via, durationMs, clockOffsetMs, error } = test
  const way = via === null ? t('testDirect') : t('testVia', { proxy: via })
  if (error !== null) {
    return (
      <div className="notice bad">
        <Icon name="alert" />
        <div>
          <p>
            <strong>{explainError(error, language).message}</strong>{' '}
            {explainError(error, language).remedy}
          </p>
          <p className="small quiet">
            {host} · {way} · {t('errorCode')} {error.code}
            {error.detail !== undefined && ` · ${error.detail}`}
          </p>
        </div>
      </div>
    )
  }
  const isClockOff = clockOffsetMs !== null && Math.abs(clockOffsetMs) > CLOCK_OFF_MS
  return (
    <div className={isClockOff ? 'notice warn' : 'notice good'}>
      <Icon name={isClockOff ? 'clock' : 'check'} />
      <div>
        <p>{t('testReached', { host, ms: durationMs })}</p>
        <p className="small quiet">
          {way}
          {isClockOff &&
            ` · ${t('testClockOff', { time: formatDuration(Math.abs(clockOffsetMs), language) })}`}
        </p>
      </div>
    </div>
  )
}
