import type { GroupRow } from '#shared/contract/group-row.ts'
import type { QueueAction } from '#shared/contract/queue-channels.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { HELD } from '#shared/transfer/state-kinds.ts'
import { say } from '../../data/text.ts'
import { keyOf } from '../../ui/keys.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { makesSense } from './row-actions.ts'

interface GroupMenuOptions {
  /** States among the files in question; undefined when any may be among them. */
  readonly kinds: ReadonlySet<TransferStateKind> | undefined
  readonly onFold: () => void
  readonly onAction: (action: QueueAction) => void
  readonly onRedirect: () => void
}

/** Returns the menu of a group: only the items that have an effect on some of it. */
export function groupMenu(group: GroupRow, options: GroupMenuOptions): MenuItem[][] {
  const { kinds, onFold, onAction, onRedirect } = options
  const some = (meant: (kind: TransferStateKind) => boolean) =>
    kinds === undefined || [...kinds].some(meant)
  const action = (
    name: QueueAction,
    item: Pick<MenuItem, 'label' | 'icon' | 'keys' | 'danger'>,
  ): MenuItem[] =>
    some((kind) => makesSense(name, kind))
      ? [{ id: name, onSelect: () => onAction(name), ...item }]
      : []
  const fold: MenuItem = {
    id: 'fold',
    label: say(group.isOpen ? 'foldGroup' : 'unfoldGroup'),
    icon: group.isOpen ? 'down' : 'right',
    keys: keyOf('keysOpen'),
    onSelect: onFold,
  }
  const redirect: MenuItem = {
    id: 'redirect',
    label: say('chooseDestination'),
    icon: 'folder',
    onSelect: onRedirect,
  }
  return [
    [
      fold,
      ...action('pause', { label: say('pause'), icon: 'pause', keys: keyOf('keysPauseResume') }),
      ...action('resume', { label: say('resume'), icon: 'play', keys: keyOf('keysPauseResume') }),
      ...action('retry', { label: say('retryAll'), icon: 'retry', keys: keyOf('retry') }),
      ...action('to-top', { label: say('toTop'), icon: 'top', keys: keyOf('toTop') }),
      ...(group.kind !== 'rule' && some((kind) => HELD.includes(kind)) ? [redirect] : []),
    ],
    [
      ...action('cancel', {
        label: say('cancelUploads'),
        icon: 'close',
        keys: keyOf('cancelOrRemove'),
        danger: true,
      }),
      ...action('remove', { label: say('removeFromList'), icon: 'broom' }),
    ],
  ]
}
