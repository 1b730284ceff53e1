import { useCallback, useEffect, useRef, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatMoment } from '#shared/text/format.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileIcon } from '../../ui/file-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Select } from '../../ui/select.tsx'

type Listing = RequestOutput<'folders.browse'>

interface BrowseDialogProps {
  readonly kind: 'files' | 'folder'
  readonly onClose: () => void
  readonly onPicked: (paths: readonly string[]) => void
}

/** Files and folders of the machine that Feidi runs on, where it has no dialog of its own. */
export function BrowseDialog({ kind, onClose, onPicked }: BrowseDialogProps) {
  const t = useText()
  const language = useLanguage()
  const [listing, setListing] = useState<Listing>()
  const [error, setError] = useState<string>()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  /** Meanwhile the folder that is still shown is not the one that is meant. */
  const [isOnTheWay, setIsOnTheWay] = useState(false)
  const lastGo = useRef(0)

  const go = useCallback(
    async (path: string | null) => {
      const thisGo = ++lastGo.current
      setIsOnTheWay(true)
      const answer = await bridge.request('folders.browse', { path, showHidden: false })
      if (thisGo !== lastGo.current) return
      setIsOnTheWay(false)
      if (!answer.ok) {
        setError(explainError(answer.error, language).message)
        return
      }
      setError(undefined)
      setListing(answer.value)
      setPicked(new Set())
    },
    [language],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => void go(null), [])

  const toggle = (path: string) => {
    const next = new Set(picked)
    if (!next.delete(path)) next.add(path)
    setPicked(next)
  }
  const entries = listing?.entries.filter((entry) => kind === 'files' || entry.kind === 'folder')
  const choice = isOnTheWay ? [] : chosenIn(kind, listing, picked)
  const { parent } = listing ?? {}

  return (
    <Dialog
      wide
      title={kind === 'files' ? t('pickFiles') : t('pickFolder')}
      onClose={onClose}
      onSubmit={() => choice.length > 0 && onPicked(choice)}
      foot={
        <>
          {kind === 'folder' && listing !== undefined && (
            <span className="code quiet cut browse-choice">{listing.path}</span>
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" kind="primary" disabled={choice.length === 0}>
            {kind === 'folder' ? t('chooseThisFolder') : t('choose')}
          </Button>
        </>
      }
    >
      <div className="browse-path">
        <IconButton
          icon="back"
          label={t('folderUp')}
          disabled={parent === null || parent === undefined}
          onClick={() => void go(parent ?? null)}
        />
        <span className="code cut">{listing?.path}</span>
        {listing !== undefined && listing.roots.length > 1 && (
          <Select
            aria-label={t('startAt')}
            value={listing.roots.find((root) => listing.path.startsWith(root.path))?.path ?? ''}
            options={listing.roots.map((root) => ({ value: root.path, label: root.label }))}
            onChange={(path) => void go(path)}
          />
        )}
      </div>
      {error !== undefined && (
        <div className="notice bad" role="alert">
          <Icon name="alert" />
          <p>{error}</p>
        </div>
      )}
      <ul className="browse-list">
        {entries?.map((entry) => (
          <li key={entry.path} className="browse-entry">
            {kind === 'files' && (
              <input
                type="checkbox"
                className="check"
                checked={picked.has(entry.path)}
                aria-label={t('selectRow', { name: entry.name })}
                onChange={() => toggle(entry.path)}
              />
            )}
            <button
              type="button"
              className="browse-name"
              onClick={() => (entry.kind === 'folder' ? void go(entry.path) : toggle(entry.path))}
            >
              {entry.kind === 'folder' ? <Icon name="folder" /> : <FileIcon name={entry.name} />}
              <span className="cut">{entry.name}</span>
              <span className="num quiet small">
                {entry.kind === 'file' && formatBytes(entry.sizeBytes)}
              </span>
              <span className="num quiet small">{formatMoment(entry.modifiedAtMs, language)}</span>
            </button>
          </li>
        ))}
        {entries?.length === 0 && (
          <li className="quiet browse-empty">
            {listing === undefined || listing.entries.length === 0
              ? t('emptyFolder')
              : t('noSubfolders', { count: listing.entries.length })}
          </li>
        )}
        {listing?.truncated && <li className="quiet small browse-empty">{t('folderTruncated')}</li>}
      </ul>
    </Dialog>
  )
}

/** Returns the ticked entries, or else, where folders are chosen, the open folder. */
function chosenIn(
  kind: BrowseDialogProps['kind'],
  listing: Listing | undefined,
  picked: ReadonlySet<string>,
): readonly string[] {
  if (picked.size > 0) return [...picked]
  return kind === 'folder' && listing !== undefined ? [listing.path] : []
}
