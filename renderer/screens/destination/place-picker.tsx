import { useEffect, useId, useRef, useState } from 'react'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { PlaceRef } from '#shared/model/place-ref.ts'
import { placeWords } from '#shared/text/place-words.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { toast } from '../../ui/toasts.tsx'
import { entryWords, PlaceRows } from './place-rows.tsx'
import { type PlaceEntry, usePlaceList } from './use-place-list.ts'
import './place-picker.css'

/** A list on the way to the one that is open. */
interface Crumb {
  readonly at: PlaceRef
  readonly entry: PlaceEntry | undefined
}

const STARTS = ['mine', 'shared', 'wikis', 'recent', 'pinned'] as const
type Start = (typeof STARTS)[number]

const START_ICONS: Readonly<Record<Start, IconName>> = {
  mine: 'folder',
  shared: 'user',
  wikis: 'list',
  recent: 'clock',
  pinned: 'pin',
}

interface PlacePickerProps {
  /** The account that is to upload; undefined: the one in use. */
  readonly account: string | undefined
  /** An open folder or page is the destination. */
  readonly onChoose: (entry: PlaceEntry) => void
}

/** The places an account sees: what is opened is what is chosen. */
export function PlacePicker({ account, onChoose }: PlacePickerProps) {
  const t = useText()
  const language = useLanguage()
  const ownSpace = useOwnSpace(account)
  const [trail, setTrail] = useState<readonly Crumb[]>([{ at: { kind: 'mine' }, entry: undefined }])
  const [query, setQuery] = useState('')
  /** A space is a destination only when a person opened it: it has no row of its own. */
  const opened = useRef(false)
  const open = trail.at(-1) ?? { at: { kind: 'mine' } as const, entry: undefined }
  const { list, more, reload } = usePlaceList(open.at, query.trim(), account)
  const { here, error, isLoading, unsearched } = list
  const start = trail[0]?.at.kind

  // biome-ignore lint/correctness/useExhaustiveDependencies: another account has other places
  useEffect(() => begin('mine', false), [account])

  useEffect(() => {
    if (!opened.current || here === null || isLoading) return
    opened.current = false
    onChoose(here)
  }, [here, isLoading, onChoose])

  const looked = query.trim().toLowerCase()
  const isLocal = open.at.kind === 'recent' || open.at.kind === 'pinned' || unsearched !== null
  const entries =
    looked === '' || !isLocal
      ? list.entries
      : list.entries.filter((entry) => entryWords(entry, language).toLowerCase().includes(looked))

  return (
    <section className="picker" aria-label={t('browsePlaces')}>
      <fieldset className="picker-starts">
        <legend className="only-read">{t('placesToStart')}</legend>
        {STARTS.map((each) => (
          <button
            key={each}
            type="button"
            className="picker-start"
            aria-pressed={each === start}
            onClick={() => begin(each, true)}
          >
            <Icon name={START_ICONS[each]} />
            <span className="cut">{startWords(each)}</span>
          </button>
        ))}
      </fieldset>
      <div className="picker-main">
        <Crumbs trail={trail} startWords={startWords(asStart(start))} onGo={backTo} />
        <div className="picker-bar">
          <input
            type="search"
            className="input"
            value={query}
            maxLength={50}
            aria-label={t('searchPlaces')}
            placeholder={t('searchPlaces')}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
          <IconButton icon="retry" label={t('reload')} onClick={reload} />
          {here?.text != null && <Pin key={here.text} entry={here} account={account} />}
        </div>
        {unsearched !== null && looked !== '' && (
          <p className="small quiet">
            {t('searchedListed', { reason: errorText(unsearched, language) })}
          </p>
        )}
        {(error === undefined || list.entries.length > 0) && (
          <PlaceRows
            label={t('placesIn', { name: crumbWords(open) })}
            entries={entries}
            onOpen={openEntry}
            onUp={() => trail.length > 1 && backTo(trail.length - 2)}
            onEnd={() => error === undefined && more()}
          />
        )}
        {error !== undefined && (
          // The rows listed stay: only the page that was refused is asked for again.
          <Refused error={error} onRetry={list.entries.length > 0 ? more : reload} />
        )}
        <p className="small quiet picker-count" role="status">
          {countWords(error)}
        </p>
        {list.nextPageToken !== null && !isLoading && error === undefined && (
          // A page may have no place on it, and then there is no end to scroll to.
          <div className="buttons">
            <Button size="small" onClick={more}>
              {t('showMore')}
            </Button>
          </div>
        )}
        {here?.kind === 'folder' && here.text !== null && error === undefined && (
          <NewFolder
            key={here.text}
            parentToken={here.text.slice('folder:'.length)}
            account={account}
            onMade={(entry) => {
              reload()
              openEntry(entry)
            }}
          />
        )}
      </div>
    </section>
  )

  function begin(kind: Start, isByPerson: boolean): void {
    opened.current = isByPerson && kind === 'mine'
    setQuery('')
    setTrail([{ at: { kind }, entry: undefined }])
  }

  function backTo(index: number): void {
    const crumb = trail[index]
    setQuery('')
    setTrail(trail.slice(0, index + 1))
    opened.current = crumb?.at.kind === 'mine'
    if (crumb?.entry?.text != null) onChoose(crumb.entry)
  }

  function openEntry(entry: PlaceEntry): void {
    if (entry.text !== null) onChoose(entry)
    if (entry.opens === null) return
    setQuery('')
    setTrail([...trail, { at: entry.opens, entry }])
  }

  function crumbWords({ entry }: Crumb): string {
    return entry === undefined ? startWords(asStart(start)) : entryWords(entry, language)
  }

  function startWords(kind: Start): string {
    return kind === 'mine' ? t(ownSpace) : t(START_WORDS[kind])
  }

  function countWords(refusal: ErrorInfo | undefined): string {
    if (refusal !== undefined) return ''
    if (isLoading) return t('loading')
    const count = entries.length
    if (list.nextPageToken !== null) return t('placesSoFar', { count })
    if (count > 0) return t('placesCount', { count })
    if (looked !== '') return t('nothingNamedSo')
    return open.at.kind === 'pinned' ? t('nothingPinned') : t('noPlacesHere')
  }
}

const START_WORDS = {
  shared: 'placeShared',
  wikis: 'placeWikis',
  recent: 'recentDestinations',
  pinned: 'placePinned',
} as const satisfies Record<Exclude<Start, 'mine'>, string>

function asStart(kind: PlaceRef['kind'] | undefined): Start {
  return STARTS.find((each) => each === kind) ?? 'mine'
}

/** Returns the words for the space of an account. */
function useOwnSpace(account: string | undefined): 'place.app' | 'place.mine' {
  const { accounts } = useApp().accounts
  const acting = accounts.find(({ identity }) => identity === account) ?? accounts[0]
  return acting?.kind === 'app' ? 'place.app' : 'place.mine'
}

interface CrumbsProps {
  readonly trail: readonly Crumb[]
  readonly startWords: string
  readonly onGo: (index: number) => void
}

function Crumbs({ trail, startWords, onGo }: CrumbsProps) {
  const t = useText()
  const language = useLanguage()
  return (
    <nav aria-label={t('wayToPlace')}>
      <ol className="picker-crumbs">
        {trail.map(({ at, entry }, index) => {
          const words = entry === undefined ? startWords : entryWords(entry, language)
          return (
            <li key={JSON.stringify(at)}>
              {index > 0 && <Icon name="right" />}
              {index === trail.length - 1 ? (
                <span className="cut" aria-current="location">
                  {words}
                </span>
              ) : (
                <button type="button" className="picker-crumb cut" onClick={() => onGo(index)}>
                  {words}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Refused({ error, onRetry }: { readonly error: ErrorInfo; readonly onRetry: () => void }) {
  const t = useText()
  const language = useLanguage()
  return (
    <div className="notice bad" role="alert">
      <Icon name="alert" />
      <div className="place-words">
        <p>{errorText(error, language)}</p>
        <Button size="small" icon="retry" onClick={onRetry}>
          {t('retry')}
        </Button>
      </div>
    </div>
  )
}

interface PinProps {
  readonly entry: PlaceEntry
  readonly account: string | undefined
}

function Pin({ entry, account }: PinProps) {
  const t = useText()
  const language = useLanguage()
  const [isPinned, setPinned] = useState(entry.isPinned)
  const name = entry.place === null ? entry.name : placeWords(entry.place, language)
  const change = async () => {
    const answer = await bridge.request('places.pin', {
      text: entry.text ?? '',
      isPinned: !isPinned,
      ...(account !== undefined && { account }),
    })
    if (answer.ok) setPinned(!isPinned)
    else toastError(answer.error)
  }
  return (
    <IconButton
      icon="pin"
      label={t(isPinned ? 'unpinPlace' : 'pinPlace', { name })}
      aria-pressed={isPinned}
      onClick={() => void change()}
    />
  )
}

interface NewFolderProps {
  readonly parentToken: string
  readonly account: string | undefined
  readonly onMade: (entry: PlaceEntry) => void
}

function NewFolder({ parentToken, account, onMade }: NewFolderProps) {
  const t = useText()
  const id = useId()
  const [name, setName] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const isReady = name !== undefined && name.trim() !== '' && !isBusy
  const make = async () => {
    if (!isReady) return
    setIsBusy(true)
    const asked = { parentToken, name, ...(account !== undefined && { account }) }
    const answer = await bridge.request('places.make-folder', asked)
    setIsBusy(false)
    if (!answer.ok) {
      toastError(answer.error)
      return
    }
    if (answer.value.wasThere) toast(t('folderWasThere', { name }))
    setName(undefined)
    onMade(answer.value.entry)
  }
  if (name === undefined) {
    return (
      <div>
        <Button size="small" icon="add" onClick={() => setName('')}>
          {t('newFolder')}
        </Button>
      </div>
    )
  }
  return (
    <div className="picker-bar">
      <label className="only-read" htmlFor={id}>
        {t('newFolderName')}
      </label>
      <input
        id={id}
        // biome-ignore lint/a11y/noAutofocus: a person has just asked for it
        autoFocus
        className="input"
        maxLength={256}
        value={name}
        placeholder={t('newFolderName')}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          // The dialog around it would take both.
          event.preventDefault()
          event.stopPropagation()
          if (event.key === 'Enter') void make()
          else setName(undefined)
        }}
      />
      <Button size="small" kind="primary" disabled={!isReady} onClick={() => void make()}>
        {t('createFolder')}
      </Button>
      <Button size="small" onClick={() => setName(undefined)}>
        {t('cancel')}
      </Button>
    </div>
  )
}
