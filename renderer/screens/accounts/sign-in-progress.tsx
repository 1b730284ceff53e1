import { useState } from 'react'
import type { SignInView } from '#shared/contract/account-channels.ts'
import { formatDuration } from '#shared/text/format.ts'
import { bridge } from '../../data/bridge.ts'
import { useNow } from '../../data/clock.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { copyText, openLink } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { QrCode } from '../../ui/qr-code.tsx'

interface SignInProgressProps {
  readonly signIn: SignInView
  readonly onCancel: () => void
  readonly onAgain: () => void
  /** The warning of a sign-in that worked was read. */
  readonly onRead: () => void
}

/** Shows the user's next step, in the browser or on another device. */
export function SignInProgress({ signIn, onCancel, onAgain, onRead }: SignInProgressProps) {
  const t = useText()
  const language = useLanguage()
  const { method, url, userCode, expiresAtMs, error, warning, name } = signIn
  if (error !== null) {
    return (
      <div className="sign-in">
        <ErrorNotice text={errorText(error, language)} />
        <div className="buttons">
          <Button kind="primary" icon="retry" onClick={onAgain}>
            {t('startAgain')}
          </Button>
        </div>
      </div>
    )
  }
  if (signIn.stage === 'other-person') {
    return <OtherPerson signIn={signIn} onCancel={onCancel} onAgain={onAgain} />
  }
  if (warning !== null) {
    return (
      <div className="sign-in">
        <p role="status">{t('signedInAs', { name: name ?? '' })}</p>
        <div className="notice" role="alert">
          <Icon name="alert" />
          <p>{errorText(warning, language)}</p>
        </div>
        <div className="buttons">
          <Button kind="primary" onClick={onRead}>
            {t('dismiss')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="sign-in">
      <p role="status">{t(method === 'browser' ? 'goOnInBrowser' : 'goOnOnDevice')}</p>
      {userCode !== null && (
        <p className="user-code">
          <span className="code">{userCode}</span>
          <IconButton icon="copy" label={t('copyCode')} onClick={() => void copyText(userCode)} />
        </p>
      )}
      {method === 'device' && url !== null && <QrCode text={url} label={t('scanCode')} />}
      {expiresAtMs !== null && <TimeLeft untilMs={expiresAtMs} />}
      <div className="buttons">
        {url !== null && (
          <Button kind="primary" icon="external" onClick={() => openLink(url)}>
            {t('openSignInPage')}
          </Button>
        )}
        {url !== null && (
          <Button icon="link" onClick={() => void copyText(url)}>
            {t('copyLink')}
          </Button>
        )}
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  )
}

/** Someone else than expected has signed in: nothing happens before the person has decided. */
function OtherPerson({ signIn, onCancel, onAgain }: Omit<SignInProgressProps, 'onRead'>) {
  const t = useText()
  const language = useLanguage()
  const [failed, setFailed] = useState<string>()
  const name = signIn.name ?? ''
  const expected = signIn.expected ?? ''
  const keep = async () => {
    const answer = await bridge.request('accounts.keep-signed-in', { id: signIn.id })
    if (!answer.ok) setFailed(errorText(answer.error, language))
  }
  return (
    <div className="sign-in">
      <div className="notice" role="alert">
        <Icon name="alert" />
        <div>
          <p>{failed ?? t('otherPerson', { expected, name })}</p>
          <p>{t('otherPersonAgain', { expected })}</p>
          <p>{t(signIn.canKeep ? 'otherPersonKeep' : 'otherPersonKnown', { name })}</p>
        </div>
      </div>
      <div className="buttons">
        <Button kind="primary" icon="retry" onClick={onAgain}>
          {t('startAgain')}
        </Button>
        {signIn.canKeep && <Button onClick={() => void keep()}>{t('keepBothAccounts')}</Button>}
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  )
}

/** The time until a code or link is of no use any more. */
export function TimeLeft({ untilMs }: { readonly untilMs: number }) {
  const t = useText()
  const language = useLanguage()
  const leftMs = Math.max(0, untilMs - useNow(1_000))
  return (
    <p className="small quiet">{t('codeGoodFor', { time: formatDuration(leftMs, language) })}</p>
  )
}
