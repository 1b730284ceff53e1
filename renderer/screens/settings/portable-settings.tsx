import { useRef, useState } from 'react'
import type { PortablePlan } from '#shared/contract/portable-channels.ts'
import { MOST_PORTABLE_CHARACTERS } from '#shared/model/portable.ts'
import { loadApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { saveAsFile } from '../../data/save-as-file.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { toast } from '../../ui/toasts.tsx'
import { Setting } from './setting.tsx'

/** UTF-8 takes up to three bytes for a character. */
const MOST_BYTES = 3 * MOST_PORTABLE_CHARACTERS

interface Offer {
  readonly text: string
  readonly plan: PortablePlan
}

/** Settings and rules as a file, out and in; what comes in is shown first. */
export function PortableSettings() {
  const t = useText()
  const field = useRef<HTMLInputElement>(null)
  const [offer, setOffer] = useState<Offer>()

  const exportFile = async () => {
    const answer = await bridge.request('portable.export', {})
    if (!answer.ok) toastError(answer.error)
    else saveAsFile(answer.value.fileName, answer.value.text, 'application/json')
  }
  const readFile = async (file: File) => {
    const error = { code: 'settings-file-invalid', detail: file.name, atMs: Date.now() } as const
    if (file.size > MOST_BYTES) return toastError(error)
    const text = await file.text()
    if (text.length > MOST_PORTABLE_CHARACTERS) return toastError(error)
    const answer = await bridge.request('portable.read', { text })
    if (answer.ok) setOffer({ text, plan: answer.value })
    else toastError(answer.error)
  }
  return (
    <Setting name={t('portable')} note={t('portableNote')}>
      <div className="buttons">
        <Button icon="download" onClick={() => void exportFile()}>
          {t('export')}
        </Button>
        <Button icon="upload" onClick={() => field.current?.click()}>
          {t('importFile')}
        </Button>
      </div>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('importFile')}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file !== undefined) void readFile(file)
        }}
      />
      {offer !== undefined && <ImportDialog {...offer} onClose={() => setOffer(undefined)} />}
    </Setting>
  )
}

/** Shows every rule with its destination and person before anything is taken over. */
function ImportDialog({ text, plan, onClose }: Offer & { readonly onClose: () => void }) {
  const t = useText()
  const [isBusy, setIsBusy] = useState(false)
  const { settings, rules } = plan
  const submit = async () => {
    setIsBusy(true)
    const answer = await bridge.request('portable.import', { text })
    onClose()
    if (!answer.ok) return toastError(answer.error)
    await loadApp()
    const done = answer.value
    toast(t('imported', { count: done.rules, settings: done.settings }))
    for (const { folder, error } of done.refused) {
      toast(t('importRefused', { folder, reason: explainError(error).message }))
    }
  }
  return (
    <Dialog
      wide
      title={t('importTitle')}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" kind="primary" disabled={isBusy}>
            {t('importNow')}
          </Button>
        </>
      }
    >
      <p>{t('importSettings', { count: settings.length })}</p>
      <p>{t('importRules', { count: rules.length })}</p>
      <ul className="import-rules">
        {rules.map(({ folder, destination, shareWith, allowSensitive }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the file is what it is while it is shown
          <li key={index}>
            <bdi className="code">{folder}</bdi>
            <span className="quiet code">→ {destination}</span>
            {shareWith !== null && (
              <span className="import-doubt">
                <Icon name="user" /> {t('importShares', { person: shareWith })}
              </span>
            )}
            {allowSensitive && (
              <span className="import-doubt">
                <Icon name="alert" /> {t('importSensitive')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
