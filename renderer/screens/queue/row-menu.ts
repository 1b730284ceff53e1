import type { QueueAction } from '#shared/contract/queue-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { say } from '../../data/text.ts'
import { copyText, openLink } from '../../ui/feedback.ts'
import { keyOf } from '../../ui/keys.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { askToLook } from '../look/look-request.ts'
import { forgetFiles, makesSense, retryWords, saveReceipt, showInFolder } from './row-actions.ts'

interface RowMenuOptions {
  readonly canReveal: boolean
  /** The menu acts on several rows: those at hand, of which this is one. Undefined: on this one alone. */
  readonly many: readonly TransferRow[] | undefined
  readonly onOpen: (row: TransferRow) => void
  readonly onAction: (action: QueueAction) => void
  readonly onSelectAll: () => void
  /** Present: the row can be put elsewhere in the order. */
  readonly onMove?: ((step: -1 | 1) => void) | undefined
}

/** Returns the menu of a row: only the items that have an effect on it. */
export function rowMenu(row: TransferRow, options: RowMenuOptions): MenuItem[][] {
  const { kind } = row.state
  const { onMove } = options
  const action = (
    name: QueueAction,
    item: Pick<MenuItem, 'label' | 'icon' | 'keys' | 'danger'>,
  ): MenuItem[] =>
    options.many !== undefined || makesSense(name, kind)
      ? [{ id: name, onSelect: () => options.onAction(name), ...item }]
      : []
  const changes = [
    ...action('pause', { label: say('pause'), icon: 'pause', keys: keyOf('keysPauseResume') }),
    ...action('resume', { label: say('resume'), icon: 'play', keys: keyOf('keysPauseResume') }),
    ...action('retry', { label: say(retryWords(kind)), icon: 'retry', keys: keyOf('retry') }),
    ...action('to-top', { label: say('toTop'), icon: 'top', keys: keyOf('toTop') }),
    ...(onMove === undefined ? [] : moveItems(onMove)),
  ]
  const cancel = action('cancel', {
    label: say('cancelUpload'),
    icon: 'close',
    keys: keyOf('cancelOrRemove'),
    danger: true,
  })
  const remove = action('remove', {
    label: say('removeFromList'),
    icon: 'close',
    ...(!makesSense('cancel', kind) && { keys: keyOf('cancelOrRemove') }),
  })
  if (options.many !== undefined) return [changes, copyItems(options.many), [...cancel, ...remove]]
  const details: MenuItem = {
    id: 'details',
    label: say('details'),
    icon: 'info',
    keys: keyOf('keysOpen'),
    onSelect: () => options.onOpen(row),
  }
  const look: MenuItem = {
    id: 'look',
    label: say('quickLook'),
    icon: 'eye',
    keys: keyOf('quickLook'),
    onSelect: () => askToLook(row.id),
  }
  const everything: MenuItem = {
    id: 'select-all',
    label: say('selectAll'),
    icon: 'list',
    keys: keyOf('selectAll'),
    onSelect: options.onSelectAll,
  }
  return [
    [details, ...changes],
    [look, ...placeItems(row, options.canReveal)],
    [everything, ...cancel, ...remove],
  ]
}

function moveItems(onMove: (step: -1 | 1) => void): MenuItem[] {
  const item = (id: 'moveUp' | 'moveDown', icon: 'up' | 'down', step: -1 | 1) => ({
    ...{ id, icon, label: say(id), keys: keyOf(id) },
    onSelect: () => onMove(step),
  })
  return [item('moveUp', 'up', -1), item('moveDown', 'down', 1)]
}

/** For many rows at once: a line each. */
function copyItems(rows: readonly TransferRow[]): MenuItem[] {
  const links = rows.flatMap(({ link }) => (link === null ? [] : [link]))
  const copy = (id: string, label: string, icon: 'link' | 'copy', lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [{ id, label, icon, onSelect: () => void copyText(lines.join('\n')) } as const]
  return [
    ...copy('link', say('copyLinks'), 'link', links),
    ...copy(
      'path',
      say('copyPaths'),
      'copy',
      rows.flatMap(({ path, isFromBrowser }) => (isFromBrowser ? [] : [path])),
    ),
  ]
}

function placeItems(row: TransferRow, canReveal: boolean): MenuItem[] {
  const { link } = row
  const items: MenuItem[] = []
  if (link !== null) {
    items.push({
      id: 'open',
      label: say('openInFeishu'),
      icon: 'external',
      onSelect: () => openLink(link),
    })
    items.push({
      id: 'link',
      label: say('copyLink'),
      icon: 'link',
      onSelect: () => void copyText(link),
    })
  }
  if (row.state.kind === 'done') {
    items.push({
      id: 'receipt',
      label: say('saveReceipt'),
      icon: 'download',
      onSelect: () => void saveReceipt(row.id),
    })
    items.push({
      id: 'forget',
      label: say('forgetFile'),
      icon: 'close',
      onSelect: () => void forgetFiles([row]),
    })
  }
  if (canReveal) {
    items.push({
      id: 'reveal',
      label: say('showInFolder'),
      icon: 'folder',
      onSelect: () => void showInFolder(row.id),
    })
  }
  if (!row.isFromBrowser) {
    items.push({
      id: 'path',
      label: say('copyPath'),
      icon: 'copy',
      onSelect: () => void copyText(row.path),
    })
  }
  return items
}
