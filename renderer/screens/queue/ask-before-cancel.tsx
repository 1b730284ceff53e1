import { useTranslation } from 'react-i18next'
import { formatBytes } from '#shared/text/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface AskBeforeCancelProps {
  readonly sentBytes: number
  readonly cancel: () => void
  readonly onClose: () => void
}

export function AskBeforeCancel({ sentBytes, cancel, onClose }: AskBeforeCancelProps) {
  const { t } = useTranslation()
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
