import type { ErrorInfo } from '#shared/model/error-info.ts'
import { formatMoment } from '#shared/text/format.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/feedback.ts'

/** The technical facts of a failure, which support asks for. */
export function ErrorFacts({ error }: { readonly error: ErrorInfo }) {
  const t = useText()
  const language = useLanguage()
  const lines = [
    [t('errorCode'), String(error.code)],
    [t('logId'), error.logId],
    [t('time'), formatMoment(error.atMs, language)],
    [t('endpoint'), error.endpoint],
    [t('missingScopes'), error.missingScopes?.join(', ')],
    [t('detail'), error.detail],
  ].filter((line): line is [string, string] => line[1] !== undefined && line[1] !== '')
  const text = lines.map(([name, value]) => `${name}: ${value}`).join('\n')
  return (
    <>
      <dl className="facts small">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="code">{value}</dd>
          </div>
        ))}
      </dl>
      <Button kind="plain" size="small" icon="copy" onClick={() => void copyText(text)}>
        {t('copyForSupport')}
      </Button>
    </>
  )
}
