import { type DragEvent, useEffect, useRef, useState } from 'react'
import type { Tab } from '#shared/contract/queue-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { reloadAccounts, useApp } from '../data/app.ts'
import { bridge } from '../data/bridge.ts'
import { useConnection } from '../data/connection.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'
import { SignInDialog } from '../screens/accounts/sign-in-dialog.tsx'
import { askToSignIn } from '../screens/accounts/sign-in-request.ts'
import { AddDialog } from '../screens/add/add-dialog.tsx'
import { BrowseDialog } from '../screens/add/browse-dialog.tsx'
import { useOffered } from '../screens/add/offered.ts'
import { filesOf, looksLikeDestination, type Pending, placesOf } from '../screens/add/pending.ts'
import { HistoryScreen } from '../screens/history/history-screen.tsx'
import { QuickLook } from '../screens/look/quick-look.tsx'
import { NO_CRITERIA, readQuery } from '../screens/queue/criteria.ts'
import { focusList } from '../screens/queue/list-focus.ts'
import { QueueScreen } from '../screens/queue/queue-screen.tsx'
import { newQuery, recallView } from '../screens/queue/remembered.ts'
import { TABS } from '../screens/queue/tabs.ts'
import { RuleDialog, type RuleInHand } from '../screens/rules/rule-dialog.tsx'
import type { OneRule } from '../screens/rules/rule-filter.tsx'
import { RulesScreen } from '../screens/rules/rules-screen.tsx'
import { SettingsScreen, showSection } from '../screens/settings/settings-screen.tsx'
import { Drawer } from '../screens/transfer/drawer.tsx'
import { Welcome } from '../screens/welcome/welcome.tsx'
import { toastError } from '../ui/feedback.ts'
import { isTyping } from '../ui/keys.ts'
import { DropPicture } from '../ui/list-message.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { Announcer } from './announcer.tsx'
import { Banner, ConnectionBar } from './banner.tsx'
import { BulkProgress } from './bulk-progress.tsx'
import { useCommands } from './commands.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { usePageTitle } from './page-title.ts'
import { Palette } from './palette.tsx'
import { SideBar } from './side-bar.tsx'
import { SummaryLine } from './summary-line.tsx'
import { Toolbar } from './toolbar.tsx'
import { useDrawer } from './use-drawer.ts'
import { useView } from './view.ts'
import './frame.css'

/** Long enough to take quick typing together, short enough not to be felt. */
const SEARCH_AFTER_MS = 50

export function App() {
  const t = useText()
  const { accounts, info, settings } = useApp()
  const [before] = useState(recallView)
  const [tab, setTab] = useState<Tab>(before.tab)
  const [typed, setTyped] = useState(before.search)
  const search = useSettled(typed.trim())
  const [criteria, setCriteria] = useState(before.criteria)
  const { drawerId, openDrawer, closeDrawer } = useDrawer()
  // All but the words of it is out of reach while the host is.
  const isStale = ['lost', 'over'].includes(useConnection())
  const [view, setView] = useView((place) => {
    if (place.query !== undefined) {
      const query = newQuery(place.query)
      if (query === undefined) return
      const shared = readQuery(query)
      setTab(shared.tab)
      setTyped(shared.search)
      setCriteria(shared.criteria)
      return
    }
    if (place.tab !== undefined) setTab(place.tab)
    if (place.transferId === undefined) closeDrawer()
    else openDrawer(place.transferId)
  })
  const [pending, setPending] = useState<Pending>()
  const [browsing, setBrowsing] = useState<'files' | 'folder'>()
  const [ruleInHand, setRuleInHand] = useState<RuleInHand>()
  /** Queue and history show only the files of this watched folder. */
  const [oneRule, setOneRule] = useState<OneRule | undefined>(before.rule)
  /** The history of a rule's uploads shows those that are done. */
  const [historyResult, setHistoryResult] = useState<'all' | 'done'>('all')
  const [isKeysOpen, setKeysOpen] = useState(false)
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const fileField = useRef<HTMLInputElement>(null)

  /** Settled before the files were chosen: by a pasted link, in the first steps, for a lost file. */
  const begun = useRef<Pick<Pending, 'destination' | 'onAdded'>>({})
  const handOver = (next: Omit<Pending, 'destination'>) => {
    setPending({ ...begun.current, ...next })
    begun.current = {}
  }

  useOffered(settings.welcomed, (paths, folders) => {
    if (pending === undefined) handOver({ paths, folders, files: [] })
    else {
      // A question that is open already is asked about these as well.
      const both = { paths: [...pending.paths, ...paths] }
      setPending({ ...pending, ...both, folders: [...(pending.folders ?? []), ...folders] })
    }
  })

  const add = async (kind: 'files' | 'folder') => {
    if (!info.capabilities.dialogs) {
      setBrowsing(kind)
      return
    }
    const answer = await bridge.request('files.pick', { kind })
    if (!answer.ok) toastError(answer.error)
    else if (answer.value.paths?.length) {
      const { paths } = answer.value
      handOver({ paths, files: [], folders: kind === 'folder' ? paths : [] })
    }
  }
  const openAccount = () =>
    accounts.accounts.length === 0 ? askToSignIn('new') : setView('settings')
  const openNetwork = () => {
    setView('settings')
    showSection('network')
  }
  useAccountsInStep()
  usePageTitle()
  const insteadOf = ({ id }: TransferRow) => ({
    onAdded: () => void bridge.request('queue.act', { selection: { ids: [id] }, action: 'cancel' }),
  })
  const elsewhere = (row: TransferRow) =>
    setPending({ paths: [row.path], files: [], ...insteadOf(row) })
  const find = (row: TransferRow) => {
    begun.current = { destination: formatDestination(row.destination), ...insteadOf(row) }
    void add('files')
  }

  const showRule = ({ id, folder }: OneRule, where: 'queue' | 'history') => {
    setOneRule({ id, folder })
    setTab('all')
    setTyped('')
    setCriteria(NO_CRITERIA)
    setHistoryResult('done')
    setView(where)
  }

  const goSearch = () => {
    setView('queue')
    // The next letters belong there.
    searchField.current?.focus()
    if (document.activeElement === searchField.current) return
    // Not there before the screen has changed, or not before a dialog has closed.
    requestAnimationFrame(() => requestAnimationFrame(() => searchField.current?.focus()))
  }
  const commands = useCommands({
    add: (kind) => void add(kind),
    fromBrowser: () => fileField.current?.click(),
    watch: () => setRuleInHand({}),
    go(next) {
      setView(next)
      if (next === 'queue') focusList()
      else main.current?.focus()
    },
    goTab(next) {
      setView('queue')
      setTab(next)
      focusList()
    },
    goSection(section) {
      setView('settings')
      showSection(section)
    },
    search: goSearch,
    signIn: () => askToSignIn('new'),
    showKeys: () => setKeysOpen(true),
  })

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') !== null) return
      const modified = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (modified && key === 'o') {
        event.preventDefault()
        void add(event.shiftKey ? 'folder' : 'files')
      } else if (modified && key === 'f') {
        event.preventDefault()
        goSearch()
      } else if (modified && key === 'k') {
        event.preventDefault()
        setPaletteOpen(true)
      } else if (isTyping(event) || modified) {
        return
      } else if (event.key === '?') {
        setKeysOpen(true)
      } else if (event.key === 'Escape') {
        closeDrawer()
      } else {
        const wanted = TABS[Number(event.key) - 1]
        if (wanted === undefined) return
        setView('queue')
        setTab(wanted)
      }
    }
    const onPaste = (event: ClipboardEvent) => {
      if ((event.target as Element).closest?.('input, textarea, dialog')) return
      const files = [...(event.clipboardData?.files ?? [])]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const places = event.clipboardData === null ? undefined : placesOf(event.clipboardData)
      if (places?.paths.length) handOver({ ...places, files: [] })
      else if (files.length > 0 && info.capabilities.upload) handOver({ paths: [], files })
      else if (looksLikeDestination(text)) {
        // A pasted link says where; what is asked for next.
        begun.current = { destination: text.trim() }
        void add('files')
      }
    }
    addEventListener('keydown', onKeyDown)
    addEventListener('paste', onPaste)
    return () => {
      removeEventListener('keydown', onKeyDown)
      removeEventListener('paste', onPaste)
    }
  })

  if (!settings.welcomed) {
    return (
      <>
        <Welcome
          onAdd={(kind, text) => {
            begun.current = text === undefined ? {} : { destination: text }
            void add(kind)
          }}
          onWatch={(text) => setRuleInHand(text === undefined ? {} : { destination: text })}
        />
        <Toasts />
      </>
    )
  }

  return (
    <DropPlace
      isOpen={info.capabilities.upload || bridge.pathOf !== undefined}
      onPlaces={(places) => handOver({ ...places, files: [] })}
      onFiles={(files) => handOver({ paths: [], files })}
    >
      <div
        className="frame"
        data-drawer={drawerId !== undefined && view === 'queue'}
        data-stale={isStale}
      >
        <SideBar
          view={view}
          onView={(next) => {
            setHistoryResult('all')
            setView(next)
          }}
        />
        <main ref={main} className="main" tabIndex={-1}>
          <h1 className="only-read">{t(view)}</h1>
          <ConnectionBar />
          <fieldset className="reach" disabled={isStale}>
            {view === 'queue' && (
              <>
                <Toolbar
                  search={typed}
                  onSearch={setTyped}
                  searchField={searchField}
                  onAdd={(kind) => void add(kind)}
                  commands={commands}
                  onPalette={() => setPaletteOpen(true)}
                />
                <Banner onAccount={openAccount} onNetwork={openNetwork} />
                <SummaryLine />
                <QueueScreen
                  tab={tab}
                  onTab={setTab}
                  search={search}
                  criteria={criteria}
                  onCriteria={setCriteria}
                  rule={oneRule}
                  onAllRules={() => setOneRule(undefined)}
                  isDrawerOpen={drawerId !== undefined}
                  onOpen={(row) => openDrawer(row.id)}
                  onAdd={(kind) => void add(kind)}
                  onAccount={openAccount}
                  onNetwork={openNetwork}
                />
              </>
            )}
            {view === 'rules' && (
              <RulesScreen
                onAdd={() => setRuleInHand({})}
                onEdit={(rule) => setRuleInHand({ rule })}
                onFiles={showRule}
              />
            )}
            {view === 'history' && (
              <HistoryScreen
                onOpen={(row) => openDrawer(row.id)}
                ruleId={oneRule?.id}
                initialResult={historyResult}
                onRule={setOneRule}
              />
            )}
            {view === 'settings' && <SettingsScreen />}
          </fieldset>
        </main>
        <fieldset className="reach" disabled={isStale}>
          {drawerId !== undefined && view !== 'settings' && view !== 'rules' && (
            <Drawer
              id={drawerId}
              onClose={closeDrawer}
              onAccount={openAccount}
              onNetwork={openNetwork}
              onElsewhere={elsewhere}
              onFind={find}
            />
          )}
        </fieldset>
      </div>
      <input
        ref={fileField}
        className="file-field"
        type="file"
        multiple
        hidden
        aria-label={t('addFromBrowser')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) handOver({ paths: [], files })
        }}
      />
      {browsing !== undefined && (
        <BrowseDialog
          kind={browsing}
          link={linkOf(begun.current)}
          onClose={() => {
            begun.current = {}
            setBrowsing(undefined)
          }}
          onPicked={(paths) => {
            setBrowsing(undefined)
            handOver({ paths, files: [], folders: browsing === 'folder' ? paths : [] })
          }}
        />
      )}
      {pending !== undefined && (
        <AddDialog
          pending={pending}
          onClose={() => setPending(undefined)}
          onKeep={(begun) => {
            setPending(undefined)
            setRuleInHand(begun)
          }}
        />
      )}
      {ruleInHand !== undefined && (
        <RuleDialog {...ruleInHand} onClose={() => setRuleInHand(undefined)} />
      )}
      <SignInDialog />
      <QuickLook />
      {isPaletteOpen && (
        <Palette
          commands={commands}
          onTransfer={(row) => {
            setView('queue')
            openDrawer(row.id)
          }}
          onRule={(rule) => {
            showRule(rule, 'queue')
            focusList()
          }}
          onClose={() => setPaletteOpen(false)}
        />
      )}
      {isKeysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}
      <Toasts>
        <BulkProgress />
      </Toasts>
      <Announcer />
    </DropPlace>
  )
}

/** Returns where the files are to go, as far as it means something to a person. */
function linkOf({ destination }: Pick<Pending, 'destination'>): string | undefined {
  return destination?.startsWith('http') ? destination : undefined
}

/** Another page, or the command line, may have changed who there is. */
function useAccountsInStep(): void {
  const revision = useLive((live) => live.accounts.revision)
  useEffect(() => {
    if (revision !== undefined) void reloadAccounts()
  }, [revision])
}

/** Returns the text once the typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** A drag over the window is told of at least this often, in every browser. */
const DRAG_OVER_MS = 600

interface DropPlaceProps {
  readonly isOpen: boolean
  /** Receives the paths of the dropped files and folders; only the desktop knows them. */
  readonly onPlaces: (places: Pick<Pending, 'paths' | 'folders'>) => void
  readonly onFiles: (files: File[]) => void
  readonly children: React.ReactNode
}

/** The whole window takes files. */
function DropPlace({ isOpen, onPlaces, onFiles, children }: DropPlaceProps) {
  const t = useText()
  const [isOver, setIsOver] = useState(false)
  const lastOver = useRef<ReturnType<typeof setTimeout>>(undefined)
  const carriesFiles = (event: DragEvent) => isOpen && event.dataTransfer.types.includes('Files')
  const leave = () => {
    clearTimeout(lastOver.current)
    setIsOver(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons and keys do the same
    <div
      className="drop-place"
      onDragOver={(event) => {
        event.preventDefault()
        if (!carriesFiles(event)) return
        // A browser tells of the drag all the time, and not always of its end: a row may vanish under it.
        clearTimeout(lastOver.current)
        lastOver.current = setTimeout(leave, DRAG_OVER_MS)
        setIsOver(true)
      }}
      onDrop={(event) => {
        event.preventDefault()
        leave()
        if (!carriesFiles(event)) return
        const places = placesOf(event.dataTransfer)
        if (places.paths.length > 0) {
          onPlaces(places)
          return
        }
        void filesOf(event.dataTransfer).then((files) => {
          if (files.length > 0) onFiles(files)
        })
      }}
    >
      {children}
      {isOver && (
        <div className="drop-overlay">
          <DropPicture />
          <p className="drop-title">{t('dropTitle')}</p>
          <p className="quiet">{t('dropText')}</p>
        </div>
      )}
    </div>
  )
}
