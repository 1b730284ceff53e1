import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatDay } from '#shared/text/format.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { BrowseDialog } from '../add/browse-dialog.tsx'
import { Setting, TextField } from './setting.tsx'

type Certificate = RequestOutput<'network.certificates'>['certificates'][number]

interface CaFileFieldProps {
  readonly caFile: string | null
  readonly onSave: (caFile: string | null) => void
}

/** Further root certificates: chosen or typed, looked at, and only then used. */
export function CaFileField({ caFile, onSave }: CaFileFieldProps) {
  const t = useText()
  const language = useLanguage()
  const { dialogs } = useApp().info.capabilities
  const [path, setPath] = useState(caFile)
  const [found, setFound] = useState<readonly Certificate[]>()
  const [error, setError] = useState<string>()
  const [isBrowsing, setBrowsing] = useState(false)

  const look = async (wanted: string) => {
    const answer = await bridge.request('network.certificates', { path: wanted })
    setFound(answer.ok ? answer.value.certificates : undefined)
    setError(answer.ok ? undefined : errorText(answer.error, language))
    return answer.ok
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (caFile !== null) void look(caFile)
  }, [])

  const use = async (wanted: string) => {
    setPath(wanted === '' ? null : wanted)
    setFound(undefined)
    setError(undefined)
    if (wanted === '') onSave(null)
    else if (await look(wanted)) onSave(wanted)
  }
  const choose = async () => {
    if (!dialogs) return setBrowsing(true)
    const answer = await bridge.request('files.pick', { kind: 'files' })
    const chosen = answer.ok ? answer.value.paths?.[0] : undefined
    if (!answer.ok) toastError(answer.error)
    else if (chosen !== undefined) void use(chosen)
  }
  return (
    <>
      <Setting name={t('caFile')} note={t('caFileNote')}>
        <div className="with-button">
          <TextField
            key={path}
            label={t('caFile')}
            value={path ?? ''}
            placeholder="/etc/ssl/company.pem"
            onSave={(text) => void use(text)}
          />
          <Button onClick={() => void choose()}>{t('choose')}</Button>
          {path !== null && (
            <IconButton icon="close" label={t('caFileRemove')} onClick={() => void use('')} />
          )}
        </div>
      </Setting>
      <ErrorNotice text={error} />
      {found?.map(({ subject, validUntilMs, isAuthority }) => (
        <CertificateLine
          key={`${subject} ${validUntilMs}`}
          text={`${subject} · ${t('validUntil', { day: formatDay(validUntilMs, language) })}`}
          problem={
            validUntilMs < Date.now()
              ? t('certificateExpired')
              : isAuthority
                ? undefined
                : t('certificateNoAuthority')
          }
        />
      ))}
      {isBrowsing && (
        <BrowseDialog
          kind="files"
          onClose={() => setBrowsing(false)}
          onPicked={([chosen]) => {
            setBrowsing(false)
            if (chosen !== undefined) void use(chosen)
          }}
        />
      )}
    </>
  )
}

interface CertificateLineProps {
  readonly text: string
  readonly problem: string | undefined
}

function CertificateLine({ text, problem }: CertificateLineProps) {
  return (
    <div className={problem === undefined ? 'notice good' : 'notice warn'}>
      <Icon name={problem === undefined ? 'check' : 'alert'} />
      <p>
        {text}
        {problem !== undefined && ` · ${problem}`}
      </p>
    </div>
  )
}
