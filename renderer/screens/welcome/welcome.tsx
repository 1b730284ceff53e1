import { useState } from 'react'
import { useText } from '../../data/text.ts'
import { DropPicture } from '../../ui/list-message.tsx'
import { AccountForm } from '../accounts/account-form.tsx'
import '../accounts/accounts.css'
import { saveSettings, useApp } from '../../data/app.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Logo } from '../../ui/logo.tsx'
import { DestinationField } from '../destination/destination-field.tsx'
import './welcome.css'

interface WelcomeProps {
  /** With the destination that was chosen on the way, if one was. */
  readonly onAdd: (kind: 'files' | 'folder', destination: string | undefined) => void
  readonly onWatch: (destination: string | undefined) => void
}

const STEPS = [
  ['stepAccount', 'stepAccountText'],
  ['stepDestination', 'stepDestinationText'],
  ['stepFiles', 'stepFilesText'],
] as const

/** Three steps, each of which can be skipped. */
export function Welcome({ onAdd, onWatch }: WelcomeProps) {
  const t = useText()
  const { account, accounts } = useApp()
  const [step, setStep] = useState(0)
  const [text, setText] = useState('')
  const [destination, setDestination] = useState<string>()
  const [title, words] = STEPS[step] ?? STEPS[0]
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
            <h1>{t(title)}</h1>
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
        <p className="quiet">{t(words)}</p>

        {step === 0 &&
          (account.kind === 'none' ? (
            <AccountForm onDone={next} />
          ) : (
            <div className="notice good">
              <Icon name="check" />
              <p>
                {t('accountReady')} <span className="code">{accounts.accounts[0]?.name}</span>
              </p>
            </div>
          ))}
        {step === 1 && (
          <DestinationField value={text} onChange={setText} onResolved={setDestination} />
        )}
        {step === 2 && (
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
          {step === 2 ? (
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
    return step === 0 ? account.kind !== 'none' : destination !== undefined
  }
}
