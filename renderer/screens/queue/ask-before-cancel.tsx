import { formatBytes } from '#shared/text/numbers.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { AtStake } from './row-actions.ts'

interface AskBeforeCancelProps {
  readonly stake: AtStake
  readonly cancel: () => void
  readonly onClose: () => void
}

export function AskBeforeCancel({ stake, cancel, onClose }: AskBeforeCancelProps) {
  const t = useText()
  const { transfers, sentBytes } = stake
  return (
    <Dialog
      title={transfers === 1 ? t('cancelHalfSent') : t('cancelMany', { count: transfers })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('keepUploading')}</Button>
          <Button
            kind="danger"
            onClick={() => {
              onClose()
              cancel()
            }}
          >
            {transfers === 1 ? t('cancelUpload') : t('cancelUploads')}
          </Button>
        </>
      }
    >
      <p>
        {sentBytes > 0
          ? t('cancelHalfSentWhy', { size: formatBytes(sentBytes) })
          : t('cancelManyWhy')}
      </p>
    </Dialog>
  )
}
