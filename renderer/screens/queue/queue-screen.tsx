import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { QueueLine } from '#shared/contract/group-row.ts'
import type {
  QueueAction,
  QueueFilter,
  QueueSelection,
  Tab,
} from '#shared/contract/queue-channels.ts'
import { groupLineId, isGroup } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { formatCount } from '#shared/text/numbers.ts'
import { useApp } from '../../data/app.ts'
import { liveState, onLiveEvent, useLive } from '../../data/live.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { isTyping } from '../../ui/keys.ts'
import { ListMessage, LoadingRows } from '../../ui/list-message.tsx'
import { Menu } from '../../ui/menu.tsx'
import { type OneRule, RuleFilter } from '../rules/rule-filter.tsx'
import { AskBeforeCancel } from './ask-before-cancel.tsx'
import { ColumnsButton } from './columns-button.tsx'
import { type Criteria, criteriaCount, NO_CRITERIA } from './criteria.ts'
import { EmptyQueue } from './empty-states.tsx'
import { FailureCards, FailureFilter } from './failure-cards.tsx'
import { FilterButton, FilterChips } from './filter-button.tsx'
import { groupMenu } from './group-menu.ts'
import { kindsOfGroup, nameOfGroup, pausesGroup } from './group-row.tsx'
import { focusList } from './list-focus.ts'
import {
  filterOf,
  isUnfolded,
  keyOf,
  type LeftList,
  leave,
  openWindow,
  sortOf,
  takeLeft,
} from './open-window.ts'
import { QueueTable } from './queue-table.tsx'
import { RedirectDialog } from './redirect-dialog.tsx'
import {
  type Grouping,
  type QueueView,
  recallFolds,
  recallGrouping,
  recallView,
  rememberFolds,
  rememberGrouping,
  rememberView,
  showAddress,
} from './remembered.ts'
import { onGroupedList, onReopen, tellGrouped } from './reopen.ts'
import { type AtStake, act, atStake, makesSense } from './row-actions.ts'
import { rowMenu } from './row-menu.ts'
import type { RowWindow } from './row-window.ts'
import { type Chosen, chosenCount, NOTHING_CHOSEN, selectionFor } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import type { Sort } from './sort.ts'
import { TAB_WORDS, TABS } from './tabs.ts'
import { useCounts } from './use-counts.ts'
import { useReorder } from './use-reorder.ts'
import './queue.css'

interface QueueScreenProps {
  readonly tab: Tab
  readonly onTab: (tab: Tab) => void
  readonly search: string
  readonly criteria: Criteria
  readonly onCriteria: (criteria: Criteria) => void
  /** Only files of this watched folder. */
  readonly rule: OneRule | undefined
  readonly onAllRules: () => void
  readonly onOpen: (row: TransferRow) => void
  /** Details are shown: they follow the row that the keyboard moves to. */
  readonly isDrawerOpen: boolean
  readonly onAdd: (kind: 'files' | 'folder') => void
  readonly onAccount: () => void
  readonly onNetwork: () => void
}

export function QueueScreen(props: QueueScreenProps) {
  const { tab, onTab, search, criteria, onCriteria, rule, onAllRules } = props
  const t = useText()
  const total = useLive((live) => live.counts.byTab.all)
  const [grouping, setGrouping] = useState(recallGrouping)
  const [failure, setFailure] = useState(() => recallView().failure)
  const [sort, setSort] = useState(() => recallView().sort)
  const [left, setLeft] = useState(takeLeft)
  useEffect(() => setLeft(undefined), [])
  /** A click on a tab opens its list, also where it is shown already. */
  const [visit, setVisit] = useState(0)
  const view = { tab, search, criteria, rule, failure, sort }
  const isNarrowed = criteriaCount(criteria) > 0
  const filter = filterOf(view)
  const counts = useCounts(filter)
  const key = keyOf(view)
  useEffect(
    () => rememberView({ tab, search, criteria, rule, failure, sort }),
    [tab, search, criteria, rule, failure, sort],
  )
  useEffect(() => {
    addEventListener('popstate', showAddress)
    return () => removeEventListener('popstate', showAddress)
  }, [])
  if (total === 0 && search === '' && rule === undefined) {
    return <EmptyQueue onAdd={props.onAdd} />
  }
  const open = (next: Tab) => {
    setVisit(visit + 1)
    onTab(next)
  }
  return (
    <>
      <div className="queue-head">
        <Tabs tab={tab} onTab={open} counts={counts} />
        <FilterButton criteria={criteria} onCriteria={onCriteria} />
        <GroupingButton
          grouping={grouping}
          onGrouping={(next) => {
            rememberGrouping(next)
            setGrouping(next)
          }}
        />
        <ColumnsButton />
        <ClearButton filter={filter} counts={counts} />
      </div>
      {(tab === 'all' || tab === 'attention') &&
        failure === undefined &&
        search === '' &&
        !isNarrowed && (
          <FailureCards
            most={tab === 'all' ? 1 : 2}
            onShow={(shown) => {
              setFailure(shown)
              open('attention')
            }}
            onAccount={props.onAccount}
            onNetwork={props.onNetwork}
          />
        )}
      {failure !== undefined && (
        <FailureFilter failure={failure} onAll={() => setFailure(undefined)} />
      )}
      {rule !== undefined && <RuleFilter rule={rule} onAll={onAllRules} />}
      <FilterChips criteria={criteria} onCriteria={onCriteria}>
        {search === '' && counts !== undefined && (
          <span className="filter-count" role="status">
            {t('filterMatches', { count: counts[tab] })}
          </span>
        )}
      </FilterChips>
      {search !== '' && counts !== undefined && (
        <p className="rule-filter" role="status">
          <Icon name="search" />
          <span className="cut">{t('results', { count: counts[tab], text: search })}</span>
        </p>
      )}
      <div className="queue-panel" role="tabpanel" id="queue-panel" aria-labelledby={`tab-${tab}`}>
        <QueueList
          key={`${visit} ${key}`}
          {...props}
          view={view}
          left={left?.key === key ? left : undefined}
          onSort={setSort}
          files={counts?.[tab]}
        />
      </div>
    </>
  )
}

interface GroupingButtonProps {
  readonly grouping: Grouping
  readonly onGrouping: (grouping: Grouping) => void
}

/** Switches between groups and files alone; on this device, for good. */
function GroupingButton({ grouping, onGrouping }: GroupingButtonProps) {
  const t = useText()
  const isGrouped = grouping === 'auto' ? undefined : grouping === 'grouped'
  const [shown, setShown] = useState(isGrouped)
  useEffect(() => onGroupedList(setShown), [])
  const isOn = isGrouped ?? shown ?? false
  return (
    <Button
      kind="plain"
      size="small"
      icon="groups"
      aria-pressed={isOn}
      title={t('groupList')}
      aria-label={t('groupList')}
      onClick={() => onGrouping(isOn ? 'flat' : 'grouped')}
    />
  )
}

interface ClearButtonProps {
  readonly filter: QueueFilter
  readonly counts: Readonly<Record<Tab, number>> | undefined
}

/** Takes what has come to its end off the list, as far as the list shows it. */
function ClearButton({ filter, counts }: ClearButtonProps) {
  const t = useText()
  const { tab } = filter
  const { done = 0, cancelled = 0 } = counts ?? {}
  const cleared = { all: done + cancelled, done, cancelled, active: 0, waiting: 0, attention: 0 }
  if (cleared[tab] === 0) return null
  const label = tab === 'cancelled' ? t('clearCancelled') : t('clearFinished')
  return (
    <Button
      kind="plain"
      size="small"
      icon="broom"
      title={label}
      onClick={() => void act('clear', { filter })}
    >
      <span className="wide-label">{label}</span>
    </Button>
  )
}

interface TabsProps {
  readonly tab: Tab
  readonly onTab: (tab: Tab) => void
  readonly counts: Readonly<Record<Tab, number>> | undefined
}

function Tabs({ tab, onTab, counts }: TabsProps) {
  const t = useText()
  return (
    <div
      className="tabs"
      role="tablist"
      aria-label={t('tabs')}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
        if (step === undefined) return
        const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? 'all'
        onTab(next)
        document.getElementById(`tab-${next}`)?.focus()
      }}
    >
      {TABS.map((each) => {
        const count = counts?.[each] ?? 0
        // Most people never cancel anything.
        if (each === 'cancelled' && count === 0 && tab !== each) return null
        const calls = each === 'attention' && count > 0
        return (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            role="tab"
            aria-selected={each === tab}
            aria-controls="queue-panel"
            tabIndex={each === tab ? 0 : -1}
            className="tab"
            onClick={() => onTab(each)}
          >
            {t(TAB_WORDS[each])}
            {counts !== undefined && (
              <span className={calls ? 'badge attention' : 'badge'}>{formatCount(count)}</span>
            )}
          </button>
        )
      })}
    </div>
  )
}

interface QueueListProps extends QueueScreenProps {
  readonly view: QueueView
  /** The list as it was when the screen was left. */
  readonly left: LeftList | undefined
  readonly onSort: (sort: Sort | undefined) => void
  /** Files that the list shows, in groups or not; undefined while they are counted. */
  readonly files: number | undefined
}

function QueueList(props: QueueListProps) {
  const { tab, view, left, files, onSort, onOpen, isDrawerOpen } = props
  const t = useText()
  const { info, settings } = useApp()
  const [filter] = useState(() => filterOf(view))
  const [was] = useState(left)
  const isActedOn = useRef(false)
  const scroller = useRef<HTMLDivElement>(null)
  const [rows] = useState(() =>
    openWindow(view, was?.opening, () => isActedOn.current || isRead(scroller.current)),
  )
  const [chosen, setChosen] = useState<Chosen>(NOTHING_CHOSEN)
  const [current, setCurrent] = useState(was?.current ?? 0)
  const [redirecting, setRedirecting] = useState<QueueSelection>()
  const [menu, setMenu] = useState<{ row: QueueLine; at: { x: number; y: number } }>()
  const [asking, setAsking] = useState<{ stake: AtStake; cancel: () => void }>()
  useSyncExternalStore(rows.subscribe, () => rows.version)
  const reorder = useReorder({
    ...{ rows, chosen, sort: sortOf(view) },
    onCurrent(index) {
      setCurrent(index)
      requestAnimationFrame(() =>
        document.getElementById(`row-${index}`)?.scrollIntoView({ block: 'nearest' }),
      )
    },
  })

  useEffect(() => {
    const stop = onLiveEvent((event) => rows.hear(event))
    rows.catchUp(liveState()?.revision ?? 0)
    return () => {
      stop()
      rows.close()
    }
  }, [rows])

  useEffect(() => tellGrouped(rows.isGrouped), [rows.isGrouped])

  const latest = useEffectEvent(() => {
    const scrollTop = scroller.current?.scrollTop ?? 0
    leave({ key: keyOf(view), opening: rows.opening, scrollTop, current })
  })
  useLayoutEffect(() => () => latest(), [])

  useEffect(() => {
    isActedOn.current =
      chosenCount(chosen, 1) > 0 ||
      menu !== undefined ||
      asking !== undefined ||
      redirecting !== undefined
  }, [chosen, menu, asking, redirecting])

  const reopen = useEffectEvent(() => {
    setCurrent(0)
    scroller.current?.scrollTo(0, 0)
    void rows.reopen()
  })
  useEffect(() => onReopen(() => reopen()), [])

  const run = (action: QueueAction, row = rows.at(current)) => {
    const selection = selectionFor(chosen, scopeOf(action, filter, chosen), row)
    if (selection === undefined) return
    const go = () => {
      void act(action, selection).then(() => action === 'to-top' && reopen())
      setChosen(NOTHING_CHOSEN)
    }
    void atStake(action, selection).then((stake) => {
      if (stake === undefined) go()
      else setAsking({ stake, cancel: go })
    })
  }

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented) return
      const row = rows.at(Math.min(current, (rows.total ?? 1) - 1))
      const action = actionOf(event, row, () =>
        endsAll(chosen, rows, row, tab) ? 'remove' : 'cancel',
      )
      if (action === undefined) {
        if (event.key === 'Escape') setChosen(NOTHING_CHOSEN)
        return
      }
      event.preventDefault()
      run(action)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })

  const fold = (group: string) => {
    const { opened, closed } = recallFolds()
    const toggle = (list: readonly string[]) =>
      list.includes(group) ? list.filter((each) => each !== group) : [...list, group]
    rememberFolds(
      isUnfolded(filter) ? { opened, closed: toggle(closed) } : { opened: toggle(opened), closed },
    )
    void rows.refresh()
  }

  const menuOf = (line: QueueLine) => {
    if (isGroup(line)) {
      return groupMenu(line, {
        kinds: chosenCount(chosen, 1) > 0 ? kindsOf(chosen, rows) : new Set(kindsOfGroup(line)),
        onFold: () => fold(line.group),
        onAction: (action) => run(action, line),
        onRedirect: () => setRedirecting(selectionFor(chosen, filter, line)),
      })
    }
    return rowMenu(line, {
      canReveal: info.capabilities.reveal,
      many: chosenCount(chosen, 1) > 1 ? chosenRows(chosen, rows) : undefined,
      onOpen,
      onAction: (action) => run(action, line),
      onMove: reorder.canMove(line)
        ? (step) => reorder.step(rows.indexOf(line.id) ?? current, step)
        : undefined,
      onSelectAll: () => setChosen({ kind: 'everything' }),
    })
  }

  const { total } = rows
  if (total === undefined) {
    return rows.failed ? (
      <ListMessage icon="offline" text={t('loadFailed')}>
        <Button icon="retry" onClick={() => void rows.refresh()}>
          {t('tryAgain')}
        </Button>
      </ListMessage>
    ) : (
      <LoadingRows />
    )
  }
  if (total === 0) return <NothingHere {...props} />
  const count = chosenCount(chosen, files ?? total)

  return (
    <>
      <QueueTable
        key={settings.density}
        window={rows}
        total={total}
        filter={filter}
        sort={sortOf(view)}
        onSort={onSort}
        scroller={scroller}
        initialScrollTop={was?.scrollTop ?? 0}
        chosen={chosen}
        onChosen={setChosen}
        current={Math.min(current, total - 1)}
        onCurrent={setCurrent}
        onOpen={onOpen}
        isDrawerOpen={isDrawerOpen}
        onMenu={(row, at) => setMenu({ row, at })}
        onFold={fold}
        reorder={reorder}
      />
      {rows.news > 0 && (
        <button
          type="button"
          className="news"
          onClick={() => {
            focusList()
            reopen()
          }}
        >
          <Icon name="up" />
          {t('newRows', { count: rows.news })}
        </button>
      )}
      {count > 0 && (
        <SelectionBar
          count={count}
          kinds={kindsOf(chosen, rows)}
          onAction={(action) => run(action)}
          onClear={() => setChosen(NOTHING_CHOSEN)}
        />
      )}
      {menu && (
        <Menu
          label={t('rowActions', { name: nameOfLine(menu.row) })}
          at={menu.at}
          groups={menuOf(menu.row)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {redirecting && (
        <RedirectDialog
          selection={redirecting}
          account={undefined}
          onClose={() => setRedirecting(undefined)}
        />
      )}
      {asking && <AskBeforeCancel {...asking} onClose={() => setAsking(undefined)} />}
    </>
  )
}

/** A person who is at the list, or further down in it, wants its rows to stay where they are. */
function isRead(list: HTMLElement | null): boolean {
  if (list === null) return false
  return list.scrollTop > 0 || list.matches(':hover') || list.contains(document.activeElement)
}

/** The chosen files, as far as they are at hand. */
function chosenRows(chosen: Chosen, rows: RowWindow<QueueLine>): readonly TransferRow[] {
  const lines = chosen.kind === 'some' ? rows.find(chosen.ids) : []
  return lines.flatMap((line) => (isGroup(line) ? [] : [line]))
}

/** States among the chosen; undefined when some of it is out of sight, so that anything may be among them. */
function kindsOf(
  chosen: Chosen,
  rows: RowWindow<QueueLine>,
): ReadonlySet<TransferStateKind> | undefined {
  if (chosen.kind === 'everything') return undefined
  const { ids, groups } = chosen
  const known = rows.find(new Set([...ids, ...[...groups.keys()].map(groupLineId)]))
  return known.length < ids.size + groups.size ? undefined : new Set(known.flatMap(kindsOfLine))
}

function kindsOfLine(line: QueueLine): readonly TransferStateKind[] {
  return isGroup(line) ? kindsOfGroup(line) : [line.state.kind]
}

function nameOfLine(line: QueueLine): string {
  return isGroup(line) ? nameOfGroup(line) : line.fileName
}

/**
 * Pausing and moving groups is about all of them, whatever tab shows them; what ends something, and what
 * was looked for, is about what is shown.
 */
function scopeOf(action: QueueAction, filter: QueueFilter, chosen: Chosen): QueueFilter {
  const isWhole = action === 'pause' || action === 'resume' || action === 'to-top'
  const isShown = filter.search !== '' || filter.criteria !== undefined
  return isWhole && !isShown && chosen.kind !== 'everything' ? { ...filter, tab: 'all' } : filter
}

/** Checks whether nothing is left to cancel, so that the key for it removes. */
function endsAll(
  chosen: Chosen,
  rows: RowWindow<QueueLine>,
  row: QueueLine | undefined,
  tab: Tab,
): boolean {
  if (tab === 'done' || tab === 'cancelled') return true
  const isOfRow = chosenCount(chosen, 1) === 0
  const kinds = isOfRow && row !== undefined ? new Set(kindsOfLine(row)) : kindsOf(chosen, rows)
  return kinds !== undefined && [...kinds].every((kind) => !makesSense('cancel', kind))
}

function actionOf(
  event: KeyboardEvent,
  row: QueueLine | undefined,
  onDelete: () => QueueAction,
): QueueAction | undefined {
  const modified = event.ctrlKey || event.metaKey
  if (modified) return event.key === 'ArrowUp' ? 'to-top' : undefined
  const onControl = (event.target as Element).closest?.('button, a, [role=menu], [role=tab]')
  switch (event.key) {
    case ' ':
      if (onControl) return undefined
      return row !== undefined && resumes(row) ? 'resume' : 'pause'
    case 'Delete':
      return onDelete()
    case 'r':
    case 'R':
      return 'retry'
    default:
      return undefined
  }
}

function resumes(line: QueueLine): boolean {
  return isGroup(line) ? !pausesGroup(line) : makesSense('resume', line.state.kind)
}

function NothingHere({ tab, search, criteria, onCriteria }: QueueScreenProps) {
  const t = useText()
  if (criteriaCount(criteria) > 0) {
    return (
      <ListMessage icon="filter" text={t('emptyFilter')}>
        <Button onClick={() => onCriteria(NO_CRITERIA)}>{t('clearFilter')}</Button>
      </ListMessage>
    )
  }
  if (search !== '') return <ListMessage icon="search" text={t('emptySearch', { text: search })} />
  switch (tab) {
    case 'attention':
      return <ListMessage icon="check" text={t('emptyAttention')} />
    case 'active':
      return <ListMessage icon="upload" text={t('emptyActive')} />
    case 'waiting':
      return <ListMessage icon="clock" text={t('emptyWaiting')} />
    case 'cancelled':
      return <ListMessage icon="check" text={t('emptyCancelled')} />
    default:
      return <ListMessage icon="list" text={t('emptyDone')} />
  }
}
