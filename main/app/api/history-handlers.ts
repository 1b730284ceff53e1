import { setImmediate as nextTurn } from 'node:timers/promises'
import type { WindowRequest } from '#main/store/queue-windows.ts'
import type { HISTORY_CHANNELS, HistoryFilter } from '#shared/contract/history-channels.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { ENDED } from '#shared/transfer/state-kinds.ts'
import type { Handlers } from './answer.ts'
import { toCsv } from './csv.ts'
import type { AppParts } from './parts.ts'

const MOST_EXPORTED = 100_000
const PAGE = 500

const HEADINGS = [
  'settled_at',
  'result',
  'path',
  'name',
  'size_bytes',
  'destination',
  'remote_folders',
  'file_token',
  'link',
  'error_code',
  'log_id',
]

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
    async 'history.export'(filter) {
      const rows: (string | number)[][] = []
      const request = requestOf(parts, filter, true)
      for (let offset = 0; offset < MOST_EXPORTED; offset += PAGE) {
        const page = windows.ended({ ...request, offset, limit: PAGE })
        rows.push(...page.map((found) => lineOf(parts, found)))
        if (page.length < PAGE) break
        await nextTurn()
      }
      const day = new Date(parts.clock.nowMs()).toISOString().slice(0, 10)
      return {
        fileName: `feidi-history-${day}.csv`,
        text: toCsv([HEADINGS, ...rows]),
        rows: rows.length,
        truncated: windows.total(request) > rows.length,
      }
    },
  }
}

function requestOf(
  { filterOf }: HistoryParts,
  { search, result, fromMs, untilMs, rule }: HistoryFilter,
  descending: boolean,
): Omit<WindowRequest, 'offset' | 'limit'> {
  const ended = { fromMs, untilMs }
  const kinds = result === 'all' ? ENDED : [result]
  return { ...filterOf({ kinds, search, rule }), order: 'end', descending, ended }
}

function lineOf(
  parts: HistoryParts,
  { transfer, endedAtMs }: ReturnType<AppParts['stores']['windows']['ended']>[number],
): (string | number)[] {
  const { state, path, fileName, sizeBytes, destination, remoteFolders } = transfer
  const error = 'error' in state ? state.error : undefined
  return [
    new Date(endedAtMs).toISOString(),
    state.kind,
    path,
    fileName,
    sizeBytes,
    formatDestination(destination),
    remoteFolders.join('/'),
    state.kind === 'done' ? state.fileToken : '',
    parts.row(transfer).link ?? '',
    String(error?.code ?? ''),
    error?.logId ?? '',
  ]
}
