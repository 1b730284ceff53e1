import { useState } from 'react'
import type { QueueSelection } from '#shared/contract/queue-channels.ts'
import { bridge } from '../../data/bridge.ts'
import { say, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { toast } from '../../ui/toasts.tsx'
import { DestinationField } from '../destination/destination-field.tsx'
import { wayBack } from './row-actions.ts'

interface RedirectDialogProps {
  readonly selection: QueueSelection
  /** Files in question; undefined where that is not known. */
  readonly count?: number
  /** The account that uploads; undefined: the account in use. */
  readonly account: string | undefined
  readonly onClose: () => void
}

/** Asks for another destination, for any number of files. */
export function RedirectDialog({ selection, count, account, onClose }: RedirectDialogProps) {
  const t = useText()
  const [text, setText] = useState('')
  const [resolved, setResolved] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)

  const submit = async () => {
    if (resolved === undefined || isBusy) return
    setIsBusy(true)
    const answer = await bridge.request('queue.redirect', { selection, destination: resolved })
    setIsBusy(false)
    if (!answer.ok) {
      toastError(answer.error)
      return
    }
    const { changed, left, undo } = answer.value
    if (changed > 0) toast(say('redirected', { count: changed }), wayBack(undo?.token))
    if (left > 0) toast(say('redirectedNot', { count: left }))
    onClose()
  }

  return (
    <Dialog
      title={count === undefined ? t('chooseDestination') : t('redirectTitle', { count })}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            kind="primary"
            icon="upload"
            disabled={resolved === undefined || isBusy}
          >
            {t('upload')}
          </Button>
        </>
      }
    >
      <DestinationField
        value={text}
        onChange={setText}
        account={account}
        onResolved={(found) => setResolved(found)}
      />
      <p className="field-note">{t('redirectNote')}</p>
    </Dialog>
  )
}
