import type { QueueAction } from '#shared/ipc/queue-channels.ts'
import type { TransferRow } from '#shared/ipc/value-schemas.ts'
import { bridge } from '../bridge/bridge.ts'
import { i18n } from '../i18n/i18n.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { MODIFIER } from '../ui/modifier-key.ts'
import { copyText, makesSense } from './row-actions.ts'

interface RowMenuOptions {
  readonly canReveal: boolean
  /** The menu acts on several rows, of which this is one. */
  readonly isMany: boolean
  readonly onOpen: (row: TransferRow) => void
  readonly onAction: (action: QueueAction) => void
  readonly onSelectAll: () => void
}

/** What the menu of a row offers: only what does something to it. */
export function rowMenu(row: TransferRow, options: RowMenuOptions): MenuItem[][] {
  const t = i18n.t
  const { kind } = row.state
  const action = (
    name: QueueAction,
    item: Pick<MenuItem, 'label' | 'icon' | 'keys' | 'danger'>,
  ): MenuItem[] =>
    options.isMany || makesSense(name, kind)
      ? [{ id: name, onSelect: () => options.onAction(name), ...item }]
      : []
  const changes = [
    ...action('pause', { label: t('pause'), icon: 'pause', keys: t('keySpace') }),
    ...action('resume', { label: t('resume'), icon: 'play', keys: t('keySpace') }),
    ...action('retry', { label: t('retry'), icon: 'retry', keys: 'R' }),
    ...action('to-top', { label: t('toTop'), icon: 'top', keys: `${MODIFIER} ↑` }),
  ]
  const cancel = action('cancel', {
    label: t('cancelUpload'),
    icon: 'close',
    keys: 'Delete',
    danger: true,
  })
  if (options.isMany) return [changes, cancel]
  const details: MenuItem = {
    id: 'details',
    label: t('details'),
    icon: 'info',
    keys: 'Enter',
    onSelect: () => options.onOpen(row),
  }
  const everything: MenuItem = {
    id: 'select-all',
    label: t('selectAll'),
    icon: 'list',
    keys: `${MODIFIER} A`,
    onSelect: options.onSelectAll,
  }
  return [[details, ...changes], placeItems(row, options.canReveal), [everything, ...cancel]]
}

function placeItems(row: TransferRow, canReveal: boolean): MenuItem[] {
  const t = i18n.t
  const { link } = row
  const items: MenuItem[] = []
  if (link !== null) {
    items.push({
      id: 'open',
      label: t('openInFeishu'),
      icon: 'external',
      onSelect: () => openLink(link),
    })
    items.push({
      id: 'link',
      label: t('copyLink'),
      icon: 'link',
      onSelect: () => void copyText(link),
    })
  }
  if (canReveal) {
    items.push({
      id: 'reveal',
      label: t('showInFolder'),
      icon: 'folder',
      onSelect: () => void bridge.request('transfer.reveal', { id: row.id }),
    })
  }
  items.push({
    id: 'path',
    label: t('copyPath'),
    icon: 'copy',
    onSelect: () => void copyText(row.path),
  })
  return items
}

export function openLink(link: string): void {
  open(link, '_blank', 'noopener,noreferrer')
}
