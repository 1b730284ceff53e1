import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { DropPicture } from '../../ui/list-message.tsx'

/** Before the first file: a picture of what to do, one sentence, two buttons. */
export function EmptyQueue({ onAdd }: { readonly onAdd: (kind: 'files' | 'folder') => void }) {
  const t = useText()
  return (
    <div className="empty">
      <DropPicture />
      <h2>{t('emptyTitle')}</h2>
      <p className="quiet">{t('emptyText')}</p>
      <div className="empty-buttons">
        <Button kind="primary" icon="add" onClick={() => onAdd('files')}>
          {t('addFiles')}
        </Button>
        <Button icon="folder" onClick={() => onAdd('folder')}>
          {t('addFolder')}
        </Button>
      </div>
    </div>
  )
}
