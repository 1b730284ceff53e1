import { isDeepStrictEqual } from 'node:util'
import { countsOf, TAB_KINDS } from '#main/app/api/tabs.ts'
import { commonFailures } from '#main/app/live/common-failures.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { placeNamed } from '#test/kit/place-name.ts'
import type { StagedRule } from './rules.ts'

const HOUR_MS = 3_600_000

interface OnStage extends Pick<LiveState, 'engine' | 'adding' | 'offered' | 'revision'> {
  readonly rows: readonly TransferRow[]
  readonly rules: readonly StagedRule[]
  readonly troubles: LiveState['accounts']['troubles']
  readonly nowMs: number
}

/** Returns the live state that pages receive of the stage. */
export function liveStateOnStage(stage: OnStage): LiveState {
  const { rows, rules, engine, adding, offered, revision, troubles, nowMs } = stage
  const isWorking = engine.kind === 'working'
  const counts = countsOf(talliesOf(rows))
  const sentBytes = rows.reduce((total, row) => total + row.movedBytes, 0)
  const totalBytes = rows.reduce((total, row) => total + row.sizeBytes, 0)
  const nameOf = (place: Destination) =>
    rows.find(({ destination }) => isDeepStrictEqual(destination, place))?.destinationName ??
    placeNamed('folder')
  return {
    counts,
    overall: {
      round: 1,
      doneFiles: counts.byState.done,
      skippedFiles: counts.byState.skipped,
      failedFiles: counts.byTab.attention,
      aheadFiles: counts.byTab.active + counts.byTab.waiting,
      totalFiles: rows.length,
      sentBytes,
      totalBytes,
      share: totalBytes === 0 ? 0 : sentBytes / totalBytes,
      isBoundByCalls: false,
      fall: null,
      bytesPerSecond: isWorking ? 11.2 * 1024 * 1024 : 0,
      eta: isWorking ? { kind: 'at', atMs: nowMs + HOUR_MS, quotaDays: 0 } : { kind: 'idle' },
    },
    groups: {},
    failures: commonFailures(troublesOf(rows), nameOf),
    engine,
    waiting: null,
    adding,
    added: [],
    bulk: null,
    callsLeft: 3_168,
    accounts: { revision: 0, troubles, signIn: null, registration: null },
    offered,
    rules: {
      revision,
      standings: Object.fromEntries(rules.map(({ id, standing }) => [id, standing])),
    },
    revision,
    rows: Object.fromEntries(
      rows.filter(({ state }) => TAB_KINDS.active.includes(state.kind)).map((row) => [row.id, row]),
    ),
  }
}

function talliesOf(rows: readonly TransferRow[]) {
  const transfers = new Map<TransferRow['state']['kind'], number>()
  for (const { state } of rows) transfers.set(state.kind, (transfers.get(state.kind) ?? 0) + 1)
  return [...transfers].map(([kind, count]) => ({ kind, transfers: count, bytes: 0, calls: 0 }))
}

function troublesOf(rows: readonly TransferRow[]) {
  return rows.flatMap(({ state, destination, account = '' }) =>
    state.kind === 'failed' || state.kind === 'blocked'
      ? [{ kind: state.kind, transfers: 1, destination, account, error: state.error }]
      : [],
  )
}
