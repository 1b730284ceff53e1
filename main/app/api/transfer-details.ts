import type { Stores } from '#main/store/open-stores.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { MOST_PARTS, type PartMap, type TimelineEntry } from '#shared/contract/transfer-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { AcknowledgedPart, Transfer, UploadTransaction } from '#shared/model/transfer.ts'

export interface DetailsContext {
  readonly stores: Stores
  readonly row: TransferRow
  /** In seq order. */
  readonly partsUnderWay: readonly number[]
  readonly destinationLink: string | null
  readonly isTriedAtStart: boolean
}

/** Returns all that a drawer shows of one transfer. */
export function detailsOf(
  transfer: Transfer,
  { stores, row, partsUnderWay, destinationLink, isTriedAtStart }: DetailsContext,
): RequestOutput<'transfer.details'> {
  const { id, state } = transfer
  const transaction = stores.transfers.transaction(id)
  const acknowledged = transaction === undefined ? [] : stores.transfers.acknowledgedParts(id)
  const { entries, omitted } = stores.timeline.read(id)
  const receipt = receiptOf(transfer, stores)
  return {
    row,
    parts: partMap(transaction, acknowledged, partsUnderWay) ?? finishedMap(receipt),
    timeline: completeTimeline(transfer, entries, acknowledged),
    omitted,
    transaction: transaction === undefined ? null : summaryOf(transaction),
    fingerprint: transfer.fingerprint,
    receipt,
    error: 'error' in state ? state.error : null,
    destinationLink,
    isTriedAtStart,
  }
}

function summaryOf({ uploadId, preparedAtMs, expiresAtMs }: UploadTransaction) {
  return { uploadId, preparedAtMs, expiresAtMs }
}

/** Neighbours in the same state as one run: a handful of them, even for 10,000 parts. */
export function runsOf(
  acknowledged: readonly number[],
  underWay: readonly number[],
): PartMap['runs'] {
  const done = new Set(acknowledged)
  const all = [
    ...acknowledged.map((seq) => ({ seq, state: 'acknowledged' as const })),
    ...underWay
      .filter((seq) => !done.has(seq))
      .map((seq) => ({ seq, state: 'in-flight' as const })),
  ].sort((a, b) => a.seq - b.seq)
  const runs: PartMap['runs'] = []
  for (const { seq, state } of all) {
    const last = runs.at(-1)
    if (last !== undefined && last.state === state && last.to === seq - 1) last.to = seq
    else runs.push({ state, from: seq, to: seq })
  }
  return runs
}

function partMap(
  transaction: UploadTransaction | undefined,
  acknowledged: readonly AcknowledgedPart[],
  underWay: readonly number[],
): PartMap | null {
  if (transaction === undefined) return null
  const { blockCount: count, blockSizeBytes: partBytes } = transaction
  const runs = runsOf(
    acknowledged.map(({ seq }) => seq),
    underWay,
  )
  return { count, partBytes, runs }
}

type Receipt = RequestOutput<'transfer.details'>['receipt']

function finishedMap(receipt: Receipt): PartMap | null {
  if (receipt === null || receipt.partCount < 2) return null
  const { partCount: count, partBytes } = receipt
  return { count, partBytes, runs: [{ state: 'acknowledged', from: 0, to: count - 1 }] }
}

function receiptOf(transfer: Transfer, stores: Stores): Receipt {
  const { state } = transfer
  if (state.kind !== 'done') return null
  const { fileToken, finishedAtMs } = state
  const noted = stores.receipts.ofTransfer(transfer.id)
  return {
    fileToken,
    finishedAtMs,
    contentHash: noted?.contentHash ?? null,
    partBytes: noted?.blockSizeBytes ?? 0,
    checksums: noted?.checksums.slice(0, MOST_PARTS) ?? [],
    partCount: noted?.checksums.length ?? 0,
    calls: noted?.calls ?? null,
  }
}

/** Adds what the queue itself knows to the written entries. */
function completeTimeline(
  { queuedAtMs }: Transfer,
  written: readonly TimelineEntry[],
  acknowledged: readonly AcknowledgedPart[],
): TimelineEntry[] {
  const told = written.findLast((entry) => entry.kind === 'prepared')?.atMs ?? 0
  const covered = written.flatMap((entry) =>
    entry.kind === 'parts' && entry.atMs >= told ? [entry.to] : [],
  )
  const untold = acknowledged.filter(({ seq }) => seq > Math.max(-1, ...covered))
  const first = untold[0]
  const last = untold.at(-1)
  return [
    { kind: 'queued', atMs: queuedAtMs },
    ...written,
    ...(first !== undefined && last !== undefined
      ? [{ kind: 'parts' as const, atMs: last.acknowledgedAtMs, from: first.seq, to: last.seq }]
      : []),
  ]
}
