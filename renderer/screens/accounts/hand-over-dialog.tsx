import { useId, useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toasts.tsx'
import { accountOptions } from './account-field.tsx'

interface HandOverDialogProps {
  /** The account it belonged to, now signed out. */
  readonly from: AccountView
  readonly transferId: string
  readonly fileName: string
  readonly onClose: () => void
}

/** Hands the transfers that wait for a signed-out account over to another account. */
export function HandOverDialog({ from, transferId, fileName, onClose }: HandOverDialogProps) {
  const t = useText()
  const { accounts } = useApp().accounts
  const [to, setTo] = useState(accounts[0]?.identity ?? '')
  const [isAll, setIsAll] = useState(true)
  const [isBusy, setIsBusy] = useState(false)
  const account = useId()

  const submit = async () => {
    if (to === '' || isBusy) return
    setIsBusy(true)
    const ids = isAll ? null : [transferId]
    const answer = await bridge.request('queue.hand-over', { from: from.identity, to, ids })
    setIsBusy(false)
    if (!answer.ok) {
      toastError(answer.error)
      return
    }
    const { changed, left } = answer.value
    if (changed > 0) toast(t('handedOver', { count: changed }))
    if (left > 0) {
      toast(t('handOverLeft', { count: left, name: from.name }))
    }
    onClose()
  }

  return (
    <Dialog
      title={t('handOverTitle')}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" kind="primary" icon="upload" disabled={to === '' || isBusy}>
            {t('upload')}
          </Button>
        </>
      }
    >
      <div className="hand-over">
        <p>{t('handOverWhat', { file: fileName, name: from.name })}</p>
        <div className="field">
          <label htmlFor={account}>{t('uploadAs')}</label>
          <Select id={account} value={to} options={accountOptions(accounts)} onChange={setTo} />
        </div>
        <CheckLabel isOn={isAll} onChange={setIsAll}>
          {t('handOverAll', { name: from.name })}
        </CheckLabel>
        <p className="field-note">{t('handOverNote')}</p>
      </div>
    </Dialog>
  )
}
