import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { HistoryFilter } from '#shared/contract/history-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { formatClock, formatDay, startOfDay } from '#shared/text/format.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { ENDED } from '#shared/transfer/state-kinds.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { onLiveEvent } from '../../data/live.ts'
import { saveAsFile } from '../../data/save-as-file.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { ListMessage, LoadingRows } from '../../ui/list-message.tsx'
import { Select } from '../../ui/select.tsx'
import { Thumbnail } from '../../ui/thumbnail.tsx'
import { toast } from '../../ui/toasts.tsx'
import { destinationHint, destinationOf, placeOf, StateWords } from '../queue/queue-row.tsx'
import { RowWindow } from '../queue/row-window.ts'
import { folderName } from '../rules/rule-actions.ts'
import type { OneRule } from '../rules/rule-filter.tsx'
import { useRules } from '../rules/use-rules.ts'
import { DayCharts } from './day-charts.tsx'
import './history.css'

type HistoryRow = RequestOutput<'history.window'>['rows'][number]

const RESULTS = ['all', ...ENDED] as const
const DAYS = ['all', '1', '7', '30'] as const
const DAY_MS = 86_400_000
const ROW_HEIGHTS = { comfortable: 44, compact: 32 } as const

interface HistoryScreenProps {
  readonly onOpen: (row: TransferRow) => void
  /** Only files of this watched folder. */
  readonly ruleId: string | undefined
  readonly initialResult: HistoryFilter['result']
  readonly onRule: (rule: OneRule | undefined) => void
}

/** Shows the ended transfers, latest first; each day stands before its first row. */
export function HistoryScreen({ onOpen, ruleId, initialResult, onRule }: HistoryScreenProps) {
  const t = useText()
  const language = useLanguage()
  const [search, setSearch] = useState('')
  const [result, setResult] = useState(initialResult)
  const [days, setDays] = useState<(typeof DAYS)[number]>('all')
  const fromMs = days === 'all' ? null : startOfDay(Date.now()) - (Number(days) - 1) * DAY_MS
  const { rules } = useRules()
  const filter: HistoryFilter = {
    search: search.trim(),
    result,
    fromMs,
    untilMs: null,
    ...(ruleId !== undefined && { rule: ruleId }),
  }

  const exportCsv = async () => {
    const answer = await bridge.request('history.export', { ...filter, language })
    if (!answer.ok) {
      toastError(answer.error)
      return
    }
    const { fileName, text, rows, truncated } = answer.value
    saveAsFile(fileName, text, 'text/csv;charset=utf-8')
    toast(t(truncated ? 'exportedSome' : 'exported', { count: rows }))
  }

  return (
    <>
      <div className="toolbar" role="toolbar" aria-label={t('toolbar')}>
        <p className="screen-title" aria-hidden="true">
          {t('historyTitle')}
        </p>
        <span className="toolbar-space" />
        <search className="search">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            value={search}
            placeholder={t('search')}
            aria-label={t('searchHistory')}
            onChange={(event) => setSearch(event.target.value)}
          />
        </search>
        {rules !== undefined && rules.length > 0 && (
          <span className="toolbar-select">
            <Select
              aria-label={t('ofRule')}
              value={ruleId ?? ''}
              options={[
                { value: '', label: t('allRules') },
                ...rules.map(({ id, folder }) => ({ value: id, label: folderName(folder) })),
              ]}
              onChange={(id) => onRule(rules.find((rule) => rule.id === id))}
            />
          </span>
        )}
        <span className="toolbar-select">
          <Select
            aria-label={t('when')}
            value={days}
            options={DAYS.map((value) => ({ value, label: t(DAY_WORDS[value]) }))}
            onChange={(value) => setDays(value as (typeof DAYS)[number])}
          />
        </span>
        <span className="toolbar-select">
          <Select
            aria-label={t('result')}
            value={result}
            options={RESULTS.map((value) => ({ value, label: t(RESULT_WORDS[value]) }))}
            onChange={(value) => setResult(value as HistoryFilter['result'])}
          />
        </span>
        <Button icon="download" onClick={() => void exportCsv()}>
          {t('exportCsv')}
        </Button>
      </div>
      <DayCharts />
      <HistoryList key={JSON.stringify(filter)} filter={filter} onOpen={onOpen} />
    </>
  )
}

const RESULT_WORDS = {
  all: 'allResults',
  done: 'resultDone',
  failed: 'resultFailed',
  skipped: 'resultSkipped',
  cancelled: 'resultCancelled',
} as const

const DAY_WORDS = { all: 'anyTime', '1': 'today', '7': 'lastWeek', '30': 'lastMonth' } as const

interface HistoryListProps {
  readonly filter: HistoryFilter
  readonly onOpen: (row: TransferRow) => void
}

function HistoryList({ filter, onOpen }: HistoryListProps) {
  const t = useText()
  const language = useLanguage()
  const rowHeight = ROW_HEIGHTS[useApp().settings.density]
  const scroller = useRef<HTMLDivElement>(null)
  const [rows] = useState(
    () =>
      new RowWindow<HistoryRow>((offset, limit) =>
        bridge.request('history.window', { ...filter, direction: 'descending', offset, limit }),
      ),
  )
  useSyncExternalStore(rows.subscribe, () => rows.version)
  useEffect(() => {
    const stop = onLiveEvent((event) => rows.hear(event))
    return () => {
      stop()
      rows.close()
    }
  }, [rows])

  const total = rows.total ?? 0
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => rows.show(first, last + 1), [rows, first, last])

  if (rows.total === undefined) {
    if (!rows.failed) return <LoadingRows />
    return (
      <ListMessage icon="offline" text={t('loadFailed')}>
        <Button icon="retry" onClick={() => void rows.refresh()}>
          {t('tryAgain')}
        </Button>
      </ListMessage>
    )
  }
  if (total === 0) {
    const isFiltered =
      filter.search !== '' ||
      filter.result !== 'all' ||
      filter.fromMs !== null ||
      filter.rule !== undefined
    return (
      <ListMessage
        icon={isFiltered ? 'search' : 'history'}
        text={isFiltered ? t('emptyHistorySearch') : t('emptyHistory')}
      />
    )
  }
  return (
    <section
      ref={scroller}
      className="history"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={t('historyTitle')}
    >
      <ol style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows.at(index)
          const before = rows.at(index - 1)
          const isNewDay =
            row !== undefined &&
            (before === undefined ||
              index === first ||
              startOfDay(before.settledAtMs) !== startOfDay(row.settledAtMs))
          return (
            <li
              key={row?.id ?? `place-${index}`}
              className={isNewDay && index > 0 ? 'history-row new-day' : 'history-row'}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row !== undefined && (
                <>
                  <span className="history-day">
                    {isNewDay && formatDay(row.settledAtMs, language)}
                  </span>
                  <button type="button" className="history-entry" onClick={() => onOpen(row)}>
                    <time className="num quiet small">{formatClock(row.settledAtMs)}</time>
                    <Thumbnail id={row.id} name={row.fileName} />
                    <span className="cut history-name" title={placeOf(row)}>
                      {row.fileName}
                    </span>
                    <span
                      className="cut quiet history-destination"
                      title={destinationHint(row, language)}
                    >
                      {destinationOf(row, language)}
                    </span>
                    <span className="num quiet">{formatBytes(row.sizeBytes)}</span>
                    <StateWords row={row} language={language} />
                  </button>
                </>
              )}
            </li>
          )
        })}
      </ol>
      <p className="only-read" role="status">
        {t('filesOfDay', { count: total })}
      </p>
    </section>
  )
}
