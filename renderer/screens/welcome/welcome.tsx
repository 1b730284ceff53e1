import { useEffect, useRef, useState } from 'react'
import type { Brand } from '#shared/model/account.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '#shared/text/language.ts'
import { useServiceName, useText } from '../../data/text.ts'
import { DropPicture } from '../../ui/list-message.tsx'
import { ConnectForm } from '../accounts/connect-form.tsx'
import { PermissionList } from '../accounts/permission-list.tsx'
import '../accounts/accounts.css'
import { saveSettings, useApp } from '../../data/app.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Logo } from '../../ui/logo.tsx'
import { Segments } from '../../ui/segments.tsx'
import { DestinationField } from '../destination/destination-field.tsx'
import './welcome.css'

interface WelcomeProps {
  /** With the destination that was chosen on the way, if one was. */
  readonly onAdd: (kind: 'files' | 'folder', destination: string | undefined) => void
  readonly onWatch: (destination: string | undefined) => void
}

const STEPS = [
  ['stepStart', 'stepStartText'],
  ['stepAccount', 'stepAccountText'],
  ['stepDestination', 'stepDestinationText'],
  ['stepFiles', 'stepFilesText'],
] as const

/** Four steps, each of which can be skipped. */
export function Welcome({ onAdd, onWatch }: WelcomeProps) {
  const t = useText()
  const { account, settings } = useApp()
  const [step, setStep] = useState(0)
  const [text, setText] = useState('')
  const [destination, setDestination] = useState<string>()
  const [brand, setBrand] = useState<Brand>(account.brand)
  const [title, words] = STEPS[step] ?? STEPS[0]
  const service = useServiceName(brand)
  const next = () => setStep(step + 1)
  const finish = () => void saveSettings({ welcomed: true })
  const add = (kind: 'files' | 'folder') => {
    finish()
    onAdd(kind, destination)
  }

  return (
    <main className="welcome">
      <div className="welcome-card">
        <header className="welcome-head">
          <Logo size={40} />
          <div>
            <p className="quiet small">{t('welcome')}</p>
            <h1>{title === 'stepAccount' ? t(title, { service }) : t(title)}</h1>
          </div>
        </header>
        <ol
          className="welcome-steps"
          aria-label={t('stepOf', { n: step + 1, total: STEPS.length })}
        >
          {STEPS.map(([each], index) => (
            <li
              key={each}
              aria-current={index === step ? 'step' : undefined}
              className={index <= step ? 'reached' : ''}
            />
          ))}
        </ol>
        {(step !== 1 || account.kind === 'none') && <p className="quiet">{t(words)}</p>}

        {step === 0 && (
          <div className="welcome-choices">
            <div className="field">
              <span>{t('language')}</span>
              <Segments
                label={t('language')}
                value={settings.language}
                options={[
                  { value: 'system', label: t('system') },
                  ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
                ]}
                onChange={(language) => void saveSettings({ language })}
              />
            </div>
            <div className="field">
              <span>{t('chooseService')}</span>
              <Segments
                label={t('brand')}
                value={brand}
                options={[
                  { value: 'feishu', label: t('feishu') },
                  { value: 'lark', label: 'Lark' },
                ]}
                onChange={setBrand}
              />
            </div>
          </div>
        )}
        {step === 1 && (account.kind === 'none' ? <ConnectForm brand={brand} /> : <Connected />)}
        {step === 2 && (
          <DestinationField value={text} onChange={setText} onResolved={setDestination} />
        )}
        {step === 3 && (
          <div className="welcome-files">
            <DropPicture />
            <div className="buttons">
              <Button kind="primary" icon="add" onClick={() => add('files')}>
                {t('addFiles')}
              </Button>
              <Button icon="folder" onClick={() => add('folder')}>
                {t('addFolder')}
              </Button>
              <Button
                icon="retry"
                onClick={() => {
                  finish()
                  onWatch(destination)
                }}
              >
                {t('welcomeWatch')}
              </Button>
            </div>
          </div>
        )}

        <footer className="welcome-foot">
          {step > 0 && (
            <Button kind="plain" icon="back" onClick={() => setStep(step - 1)}>
              {t('back')}
            </Button>
          )}
          <span className="toolbar-space" />
          {step === 3 ? (
            <Button onClick={finish}>{t('startUsing')}</Button>
          ) : isReady() ? (
            <Button kind="primary" onClick={next}>
              {t('next')}
            </Button>
          ) : (
            <Button onClick={next}>{t('skip')}</Button>
          )}
        </footer>
      </div>
    </main>
  )

  function isReady(): boolean {
    if (step === 0) return true
    return step === 1 ? account.kind !== 'none' : destination !== undefined
  }
}

/** Says who is connected and what they may do. The form that was there is gone, so it takes the focus. */
function Connected() {
  const t = useText()
  const notice = useRef<HTMLDivElement>(null)
  const [inUse] = useApp().accounts.accounts
  useEffect(() => notice.current?.focus(), [])
  if (inUse === undefined) return null
  return (
    <>
      <div ref={notice} className="notice good" role="status" tabIndex={-1}>
        <Icon name="check" />
        <p>
          {t('accountReady')} <span className="code">{inUse.name}</span>
        </p>
      </div>
      <PermissionList account={inUse} />
    </>
  )
}
