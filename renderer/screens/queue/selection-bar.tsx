import type { QueueAction } from '#shared/contract/queue-channels.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { makesSense } from './row-actions.ts'

interface SelectionBarProps {
  readonly count: number
  /** States among the chosen rows; undefined when not all of them are at hand. */
  readonly kinds: ReadonlySet<TransferStateKind> | undefined
  readonly onAction: (action: QueueAction) => void
  readonly onClear: () => void
}

const ACTIONS = [
  ['pause', 'pause', 'pause'],
  ['resume', 'resume', 'play'],
  ['retry', 'retry', 'retry'],
  ['to-top', 'toTop', 'top'],
  ['cancel', 'cancelUpload', 'close'],
  ['remove', 'removeFromList', 'broom'],
] as const satisfies readonly (readonly [QueueAction, string, IconName])[]

/** Floats over the list while rows are chosen; offers what makes sense for at least one of them. */
export function SelectionBar({ count, kinds, onAction, onClear }: SelectionBarProps) {
  const t = useText()
  const offered = ACTIONS.filter(
    ([action]) => kinds === undefined || [...kinds].some((kind) => makesSense(action, kind)),
  )
  return (
    <div className="selection-bar" role="toolbar" aria-label={t('selected', { count })}>
      <span className="num">{t('selected', { count })}</span>
      {offered.map(([action, words, icon]) => (
        <Button key={action} kind="plain" size="small" icon={icon} onClick={() => onAction(action)}>
          {t(words)}
        </Button>
      ))}
      <IconButton size="small" icon="close" label={t('clearSelection')} onClick={onClear} />
    </div>
  )
}
