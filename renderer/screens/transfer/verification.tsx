import { useState } from 'react'
import type { Verification as Findings } from '#shared/model/verification.ts'
import { describeVerification } from '#shared/text/describe-verification.ts'
import { bridge } from '../../data/bridge.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'

/** Compares a finished upload with the local file and with Feishu, when a person asks for it. */
export function Verification({ id }: { readonly id: string }) {
  const t = useText()
  const [findings, setFindings] = useState<Findings>()
  const [isAsking, setIsAsking] = useState(false)
  const ask = async (bytes: boolean) => {
    setIsAsking(true)
    const answer = await bridge.request('transfer.verify', { id, bytes })
    setIsAsking(false)
    if (answer.ok) setFindings(answer.value)
    else toastError(answer.error)
  }
  const mayCompare = findings?.remote !== undefined && findings.bytes === undefined
  return (
    <section className="drawer-section">
      <h3>{t('verify')}</h3>
      {findings === undefined && <p className="quiet small">{t('verifyWhat')}</p>}
      <div aria-live="polite">{findings !== undefined && <Lines findings={findings} />}</div>
      <div className="drawer-actions">
        <Button size="small" icon="check" disabled={isAsking} onClick={() => void ask(false)}>
          {t(isAsking ? 'verifying' : findings === undefined ? 'verifyNow' : 'verifyAgain')}
        </Button>
        {mayCompare && (
          <Button
            size="small"
            icon="download"
            disabled={isAsking}
            title={t('verifyBytesCost')}
            onClick={() => void ask(true)}
          >
            {t('verifyBytes')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Lines({ findings }: { readonly findings: Findings }) {
  const language = useLanguage()
  return (
    <ul className="findings small">
      {describeVerification(findings, language).map(({ about, isGood, words }) => (
        <li key={about} className={isGood ? 'good' : 'bad'}>
          <Icon name={isGood ? 'check' : 'alert'} />
          {words}
        </li>
      ))}
    </ul>
  )
}
