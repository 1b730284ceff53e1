import { useText } from '../data/text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KEY_NAMES, strokesOf } from '../ui/keys.ts'

/** Every key there is; `?` shows it. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  return (
    <Dialog title={t('keysTitle')} onClose={onClose} wide>
      <dl className="keys">
        {KEY_NAMES.map((name) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>
              {strokesOf(name).map((stroke) => (
                <kbd key={stroke}>{stroke}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
