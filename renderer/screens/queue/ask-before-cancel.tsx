import { formatBytes } from '#shared/text/numbers.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface AskBeforeCancelProps {
  readonly sentBytes: number
  readonly cancel: () => void
  readonly onClose: () => void
}

export function AskBeforeCancel({ sentBytes, cancel, onClose }: AskBeforeCancelProps) {
  const t = useText()
  return (
    <Dialog
      title={t('cancelHalfSent')}
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
            {t('cancelUpload')}
          </Button>
        </>
      }
    >
      <p>{t('cancelHalfSentWhy', { size: formatBytes(sentBytes) })}</p>
    </Dialog>
  )
}
