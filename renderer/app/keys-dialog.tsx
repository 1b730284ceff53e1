import { useText } from '../data/text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { MODIFIER } from '../ui/keys.ts'

/** Every key there is; `?` shows it. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const keys: readonly (readonly [string, readonly string[]])[] = [
    [t('addFiles'), [MODIFIER, 'O']],
    [t('addFolder'), [MODIFIER, 'Shift', 'O']],
    [t('keysPaste'), [MODIFIER, 'V']],
    [t('palette'), [MODIFIER, 'K']],
    [t('searchQueue'), [MODIFIER, 'F']],
    [t('tabs'), ['1', '–', '6']],
    [t('keysMove'), ['↑', '↓']],
    [t('keysSelect'), ['Shift', '↓']],
    [t('keysSelectOne'), ['X']],
    [t('selectAll'), [MODIFIER, 'A']],
    [t('keysOpen'), ['Enter']],
    [t('keysPauseResume'), [t('keySpace')]],
    [t('retry'), ['R']],
    [t('keysScan'), ['R']],
    [t('toTop'), [MODIFIER, '↑']],
    [t('cancelOrRemove'), ['Delete']],
    [t('keysClose'), ['Esc']],
    [t('keysHelp'), ['?']],
  ]
  return (
    <Dialog title={t('keysTitle')} onClose={onClose} wide>
      <dl className="keys">
        {keys.map(([what, strokes]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {strokes.map((stroke) => (
                <kbd key={stroke}>{stroke}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
