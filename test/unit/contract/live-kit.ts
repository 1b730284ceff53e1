import { countsOf } from '#main/app/api/tabs.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { TransferState } from '#shared/model/transfer.ts'
import { placeNamed } from '#test/kit/place-name.ts'

export function aLiveState(more: Partial<LiveState> = {}): LiveState {
  return {
    counts: countsOf([]),
    overall: {
      round: 0,
      doneFiles: 0,
      skippedFiles: 0,
      failedFiles: 0,
      aheadFiles: 0,
      totalFiles: 0,
      sentBytes: 0,
      totalBytes: 0,
      share: 0,
      isBoundByCalls: false,
      fall: null,
      bytesPerSecond: 0,
      eta: { kind: 'idle' },
    },
    groups: {},
    failures: [],
    engine: { kind: 'idle', error: null },
    waiting: null,
    adding: [],
    added: [],
    bulk: null,
    callsLeft: 10_000,
    offered: null,
    accounts: { revision: 0, troubles: [], signIn: null, registration: null },
    rules: { revision: 0, standings: {} },
    revision: 0,
    rows: {},
    ...more,
  }
}

export function aRow(id: string, state: TransferState, sentBytes = 0): TransferRow {
  return {
    id,
    path: `/files/${id}`,
    fileName: id,
    destination: { kind: 'folder', folderToken: 'fldcn' },
    destinationName: placeNamed('folder'),
    remoteFolders: [],
    sizeBytes: 1_000_000,
    sentBytes,
    inFlightBytes: 0,
    movedBytes: sentBytes,
    doneAtMs: null,
    bytesPerSecond: 0,
    queuedAtMs: 0,
    state,
    link: null,
  }
}
