import { setImmediate as nextTurn } from 'node:timers/promises'
import type { WindowRequest } from '#main/store/queue-windows.ts'
import type { HISTORY_CHANNELS, HistoryFilter } from '#shared/contract/history-channels.ts'
import { explain } from '#shared/errors/explain.ts'
import { formatDateAndTime, startOfDay } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { placeWords } from '#shared/text/place-words.ts'
import { t } from '#shared/text/t.ts'
import { ENDED } from '#shared/transfer/state-kinds.ts'
import type { Handlers } from './answer.ts'
import { toCsv } from './csv.ts'
import type { AppParts } from './parts.ts'

const MOST_EXPORTED = 100_000
const PAGE = 500
const DAY_MS = 24 * 3_600_000

const HEADINGS = [
  'ended',
  'result',
  'reason',
  'fileName',
  'path',
  'bytes',
  'destination',
  'subfolder',
  'link',
  'fileToken',
  'errorCode',
  'logId',
  'endedUtc',
] as const

type HistoryParts = Pick<AppParts, 'stores' | 'row' | 'publisher' | 'clock' | 'filterOf'>

export function historyHandlers(
  parts: HistoryParts,
): Pick<Handlers, keyof typeof HISTORY_CHANNELS> {
  const { windows } = parts.stores
  return {
    'history.window'({ direction, offset, limit, ...filter }) {
      const request = { ...requestOf(parts, filter, direction === 'descending'), offset, limit }
      const rows = windows
        .ended(request)
        .map(({ transfer, endedAtMs }) => ({ ...parts.row(transfer), settledAtMs: endedAtMs }))
      return { rows, total: windows.total(request), revision: parts.publisher.revision }
    },
    'history.days': ({ days }) => ({ days: daysOf(parts, days) }),
    async 'history.export'({ language, ...filter }) {
      const rows: (string | number)[][] = []
      const request = requestOf(parts, filter, true)
      for (let offset = 0; offset < MOST_EXPORTED; offset += PAGE) {
        const page = windows.ended({ ...request, offset, limit: PAGE })
        rows.push(...page.map((found) => lineOf(parts, found, language)))
        if (page.length < PAGE) break
        await nextTurn()
      }
      const day = formatDateAndTime(parts.clock.nowMs()).slice(0, 10)
      const headings = HEADINGS.map((name) => t(language, `table.${name}`))
      return {
        fileName: `feidi-history-${day}.csv`,
        text: toCsv([headings, ...rows]),
        rows: rows.length,
        truncated: windows.total(request) > rows.length,
      }
    },
  }
}

function daysOf({ stores, clock }: HistoryParts, count: number) {
  const today = clock.nowMs()
  // Noon of each day: the hour that a clock is put forward or back is never in between.
  const noon = startOfDay(today) + DAY_MS / 2
  const names = Array.from({ length: count }, (_, index) =>
    formatDateAndTime(noon - (count - 1 - index) * DAY_MS).slice(0, 10),
  )
  const first = startOfDay(noon - (count - 1) * DAY_MS)
  const uploaded = new Map(stores.days.uploadedSince(first).map((day) => [day.day, day]))
  const calls = new Map(stores.days.callsSince(names[0] ?? '').map((day) => [day.day, day.calls]))
  return names.map((day) => {
    const { files = 0, bytes = 0 } = uploaded.get(day) ?? {}
    return { day, files, bytes, calls: calls.get(day) ?? 0 }
  })
}

function requestOf(
  { filterOf }: HistoryParts,
  { search, result, fromMs, untilMs, rule }: HistoryFilter,
  descending: boolean,
): Omit<WindowRequest, 'offset' | 'limit'> {
  const ended = { fromMs, untilMs }
  const kinds = result === 'all' ? ENDED : [result]
  const asked = { kinds, search, ...(rule !== undefined && { rule }) }
  return { ...filterOf(asked), order: 'end', descending, ended }
}

/** Returns the columns of `HEADINGS`: words and local times for people, codes for programs. */
function lineOf(
  parts: HistoryParts,
  { transfer, endedAtMs }: ReturnType<AppParts['stores']['windows']['ended']>[number],
  language: Language,
): (string | number)[] {
  const { state, fileName, sizeBytes, remoteFolders } = transfer
  const error = 'error' in state ? state.error : undefined
  const { destinationName, link, path, isFromBrowser } = parts.row(transfer)
  return [
    formatDateAndTime(endedAtMs),
    t(language, `state.${state.kind}`),
    error === undefined ? '' : explain(error, language, { final: true }).message,
    fileName,
    isFromBrowser ? t(language, 'app.fromBrowser') : path,
    sizeBytes,
    placeWords(destinationName, language),
    remoteFolders.join('/'),
    link ?? '',
    state.kind === 'done' ? state.fileToken : '',
    String(error?.code ?? ''),
    error?.logId ?? '',
    new Date(endedAtMs).toISOString(),
  ]
}
