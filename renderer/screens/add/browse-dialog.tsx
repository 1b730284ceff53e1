import { useCallback, useEffect, useRef, useState } from 'react'
import { formatBytes } from '#shared/text/numbers.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Select } from '../../ui/select.tsx'
import { BrowseList } from './browse-list.tsx'
import {
  arranged,
  type Crumb,
  crumbsOf,
  type Entry,
  type Listing,
  nextOrder,
  type Order,
} from './browse-order.ts'
import './browse.css'

interface BrowseDialogProps {
  readonly kind: 'files' | 'folder'
  /** The link that the person began with: what is chosen goes there. */
  readonly link?: string | undefined
  readonly onClose: () => void
  readonly onPicked: (paths: readonly string[]) => void
}

const NONE: ReadonlySet<string> = new Set()

/** The ticks and the filter of the person in one folder. */
interface Marks {
  readonly path: string
  readonly picked: ReadonlySet<string>
  readonly filter: string
}

const NO_MARKS: Marks = { path: '', picked: NONE, filter: '' }

/** Files and folders of the machine that Feidi runs on, where it has no dialog of its own. */
export function BrowseDialog({ kind, link, onClose, onPicked }: BrowseDialogProps) {
  const t = useText()
  const { listing, error, isOnTheWay, cameFrom, showHidden, go, setShowHidden } = useFolder()
  const [marks, setMarks] = useState<Marks>(NO_MARKS)
  const [order, setOrder] = useState<Order>({ by: 'name', isDescending: false })
  const path = listing?.path ?? ''
  // Another folder begins without any, already when it is first shown.
  const { picked, filter } = marks.path === path ? marks : NO_MARKS
  const setPicked = (next: ReadonlySet<string>) => setMarks({ path, filter, picked: next })
  const setFilter = (next: string) => setMarks({ path, picked, filter: next })

  const isFiles = kind === 'files'
  const all = listing?.entries.filter((entry) => isFiles || entry.kind === 'folder') ?? []
  const entries = arranged(all, order, filter)
  const shownPaths = entries.map(({ path }) => path)
  const isAllPicked = shownPaths.length > 0 && shownPaths.every((path) => picked.has(path))
  const choice = isOnTheWay ? [] : chosenIn(kind, listing, picked)
  const up = listing?.parent ?? undefined

  const toggle = (path: string) => {
    const next = new Set(picked)
    if (!next.delete(path)) next.add(path)
    setPicked(next)
  }
  const toggleAll = () => isFiles && setPicked(isAllPicked ? NONE : new Set(shownPaths))

  return (
    <Dialog
      wide
      title={isFiles ? t('pickFiles') : t('pickFolder')}
      onClose={onClose}
      onSubmit={() => choice.length > 0 && onPicked(choice)}
      foot={
        <>
          {listing !== undefined && (
            <Totals listing={listing} entries={entries} picked={picked} isFiles={isFiles} />
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" kind="primary" disabled={choice.length === 0}>
            {isFiles ? t('choose') : t('chooseThisFolder')}
          </Button>
        </>
      }
    >
      {link !== undefined && (
        <p className="field-note cut" title={link}>
          {t('chosenGoTo', { link })}
        </p>
      )}
      <div className="browse-path">
        <IconButton
          icon="back"
          label={t('folderUp')}
          disabled={up === undefined}
          onClick={() => void go(up ?? null)}
        />
        {listing !== undefined && (
          <Crumbs crumbs={crumbsOf(listing)} onGo={(path) => void go(path)} />
        )}
        {listing !== undefined && listing.roots.length > 1 && (
          <Select
            aria-label={t('startAt')}
            value={crumbsOf(listing)[0]?.path ?? ''}
            options={listing.roots.map((root) => ({ value: root.path, label: root.label }))}
            onChange={(path) => void go(path, false)}
          />
        )}
      </div>
      <div className="browse-tools">
        {isFiles && (
          <CheckLabel isOn={isAllPicked} onChange={toggleAll}>
            {t('selectAll')}
          </CheckLabel>
        )}
        <CheckLabel isOn={showHidden} onChange={setShowHidden}>
          {t('showHidden')}
        </CheckLabel>
        <input
          className="input"
          type="search"
          value={filter}
          placeholder={t('filterNames')}
          aria-label={t('filterNames')}
          onChange={(event) => setFilter(event.target.value)}
          // The list is what Enter is for.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </div>
      <ErrorNotice text={error} />
      {listing !== undefined && (
        <BrowseList
          key={listing.path}
          entries={entries}
          order={order}
          onOrder={(by) => setOrder(nextOrder(order, by))}
          picked={isFiles ? picked : undefined}
          onToggle={toggle}
          onOpen={({ path }) => void go(path)}
          onUp={() => up !== undefined && void go(up)}
          onAll={toggleAll}
          focused={cameFrom}
        >
          {entries.length === 0 && (
            <li className="quiet browse-empty">{emptyWords(listing, filter)}</li>
          )}
          {listing.truncated && (
            <li className="quiet small browse-empty">{t('folderTruncated')}</li>
          )}
        </BrowseList>
      )}
    </Dialog>
  )

  function emptyWords({ entries: here }: Listing, typed: string): string {
    if (typed.trim() !== '' && all.length > 0) return t('emptySearch', { text: typed.trim() })
    return here.length === 0 ? t('emptyFolder') : t('noSubfolders', { count: here.length })
  }
}

/** The open folder, and the way to another one. */
function useFolder() {
  const language = useLanguage()
  const [listing, setListing] = useState<Listing>()
  const [error, setError] = useState<string>()
  const [showHidden, setShowHidden] = useState(false)
  /** Meanwhile the folder that is still shown is not the one that is meant. */
  const [isOnTheWay, setIsOnTheWay] = useState(false)
  /** The folder left by the last step, where the eye is when it led upwards; undefined: the focus stays. */
  const [cameFrom, setCameFrom] = useState<string>()
  const lastGo = useRef(0)
  const shownPath = useRef('')
  const open = useCallback(
    async (path: string | null, takesFocus: boolean, hidden: boolean) => {
      const thisGo = ++lastGo.current
      setIsOnTheWay(true)
      const answer = await bridge.request('folders.browse', { path, showHidden: hidden })
      if (thisGo !== lastGo.current) return
      setIsOnTheWay(false)
      if (!answer.ok) {
        setError(explainError(answer.error, language).message)
        return
      }
      setError(undefined)
      setCameFrom(takesFocus ? shownPath.current : undefined)
      setListing(answer.value)
      shownPath.current = answer.value.path
    },
    [language],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => void open(null, true, showHidden), [])
  return {
    ...{ listing, error, isOnTheWay, cameFrom, showHidden },
    go: (path: string | null, takesFocus = true) => open(path, takesFocus, showHidden),
    setShowHidden(isShown: boolean) {
      setShowHidden(isShown)
      void open(listing?.path ?? null, false, isShown)
    },
  }
}

interface CrumbsProps {
  readonly crumbs: readonly Crumb[]
  readonly onGo: (path: string) => void
}

/** The way from the start to the open folder; each step leads back to it. */
function Crumbs({ crumbs, onGo }: CrumbsProps) {
  const t = useText()
  const last = crumbs.at(-1)
  return (
    <nav className="crumbs" aria-label={t('folderPath')} title={last?.path}>
      <ol>
        {crumbs.map(({ label, path }) => (
          <li key={path}>
            {path === last?.path ? (
              <span className="crumb cut" aria-current="location">
                {label}
              </span>
            ) : (
              <button type="button" className="crumb cut" onClick={() => onGo(path)}>
                {label}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface TotalsProps {
  readonly listing: Listing
  readonly entries: readonly Entry[]
  readonly picked: ReadonlySet<string>
  readonly isFiles: boolean
}

/** The number of entries in sight, and of those that are ticked. */
function Totals({ listing, entries, picked, isFiles }: TotalsProps) {
  const t = useText()
  const chosen = listing.entries.filter(({ path }) => picked.has(path))
  const bytes = chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const folders = entries.filter(({ kind }) => kind === 'folder').length
  const counts = [
    folders > 0 && t('countFolders', { count: folders }),
    isFiles && t('filesOfDay', { count: entries.length - folders }),
    chosen.length > 0 && t('selected', { count: chosen.length }),
    bytes > 0 && formatBytes(bytes),
  ].filter((words) => words !== false)
  return (
    <span className="quiet small num browse-choice" role="status">
      {!isFiles && <span className="code cut">{listing.path}</span>}
      <span>{counts.join(' · ')}</span>
    </span>
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
