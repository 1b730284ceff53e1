import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import type { TransferState, TransferStateKind } from '#shared/model/transfer.ts'
import type { TransferCounts } from '#shared/model/work.ts'
import { ENDED, SETTLED } from '#shared/transfer/state-kinds.ts'
import { QueueModel } from './queue-model.ts'
import {
  aFingerprint,
  aNewTransfer,
  anError,
  aResult,
  aTransaction,
  makeTempFolder,
} from './store-kit.ts'

const KINDS: TransferStateKind[] = ['queued', 'sending', 'waiting', 'skipped', 'failed', 'done']
const ACTIVE = ['preparing', 'sending', 'finishing', 'attaching']
const BATCHES = ['b1', 'b2', undefined]

const which = fc.nat(20)
const timeMs = fc.nat(50)
const batchId = fc.constantFrom('b1', 'b2')
const sizeBytes = fc.nat(1_000)

/** States a transfer can be put in; `done` comes about by completing. */
const state: fc.Arbitrary<TransferState> = fc.oneof(
  fc
    .constantFrom('queued', 'preparing', 'sending', 'finishing', 'paused', 'cancelled')
    .map((kind) => ({ kind }) as TransferState),
  fc
    .constantFrom('failed', 'blocked', 'skipped')
    .map((kind) => ({ kind, error: anError }) as TransferState),
  timeMs.map((untilMs) => ({ kind: 'waiting', reason: 'quota', untilMs, error: anError }) as const),
)

const step = fc.oneof(
  fc.record({
    do: fc.constant('enqueue' as const),
    names: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 }),
    batchId,
    sizeBytes,
    timeMs,
    settled: fc.constantFrom('skipped', 'failed', undefined),
  }),
  fc.record({ do: fc.constant('state' as const), which, state }),
  fc.record({ do: fc.constant('open' as const), which, expiresAtMs: fc.nat(5) }),
  fc.record({ do: fc.constant('drop' as const), which }),
  fc.record({ do: fc.constant('ack' as const), which, seq: fc.nat(3), sizeBytes }),
  fc.record({ do: fc.constant('complete' as const), which, sizeBytes, timeMs }),
  fc.record({ do: fc.constant('interrupted' as const) }),
  fc.record({ do: fc.constant('takeUp' as const), batchId, failed: fc.boolean() }),
  fc.record({ do: fc.constant('clear' as const), failed: fc.boolean() }),
  fc.record({ do: fc.constant('discard' as const), which, batchId }),
  fc.record({ do: fc.constant('reopen' as const) }),
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

it('behaves like a plain list, whatever happens in whatever order', () => {
  const property = fc.property(
    fc.array(fc.tuple(step, timeMs), { minLength: 5, maxLength: 40 }),
    (steps) => {
      const home = makeTempFolder()
      const model = new QueueModel()
      let stores = openStores(home)
      try {
        for (const [next, nowMs] of steps) {
          if (next.do === 'reopen') {
            stores.close()
            stores = openStores(home)
          } else take(next, stores, model)
          compare(stores, model, nowMs)
        }
      } finally {
        stores.close()
      }
    },
  )
  fc.assert(property, { numRuns: 100 })
})

function take(next: Step, { transfers, controls }: Stores, model: QueueModel): void {
  if (next.do === 'enqueue') {
    const fingerprint = aFingerprint({ sizeBytes: next.sizeBytes })
    const state = next.settled && { kind: next.settled, error: anError }
    const items = next.names.map((name) =>
      aNewTransfer(name, { sizeBytes: next.sizeBytes, fingerprint, ...(state && { state }) }),
    )
    const made = transfers.enqueue(items, next.batchId, next.timeMs)
    model.enqueue(
      items,
      next.batchId,
      next.timeMs,
      made.map(({ id }) => id),
    )
    return
  }
  if (next.do === 'interrupted') {
    const expected = model.requeue(ACTIVE)
    expect(transfers.requeueInterrupted()).toBe(expected)
    return
  }
  if (next.do === 'takeUp') {
    const kinds = ['queued', ...ACTIVE, 'waiting', 'blocked', ...(next.failed ? ['failed'] : [])]
    expect(transfers.takeUp(next.batchId, next)).toBe(model.requeue(kinds, next.batchId))
    return
  }
  if (next.do === 'clear') {
    const kinds = next.failed ? ENDED : SETTLED
    expect(controls.clear(kinds, Number.POSITIVE_INFINITY, 100)).toBe(model.clear(kinds))
    return
  }
  if (next.do === 'discard') {
    const entry = model.entries[next.which % Math.max(1, model.entries.length)]
    if (entry === undefined) return
    const { id, state } = entry.transfer
    const isMeant = state.kind === 'cancelled' && entry.batchId === next.batchId
    expect(controls.discard([id], next.batchId)).toEqual(isMeant ? [id] : [])
    if (isMeant) model.discard(entry)
    return
  }
  if (next.do !== 'reopen') takeOnOne(next, transfers, model)
}

function present({ byState }: TransferCounts) {
  return { byState: Object.fromEntries(Object.entries(byState).filter(([, count]) => count > 0)) }
}

type StepOnOne = Extract<Step, { which: number }>

function takeOnOne(next: StepOnOne, transfers: Stores['transfers'], model: QueueModel): void {
  const entry = model.entries[next.which % Math.max(1, model.entries.length)]
  // A finished transfer stays as it is: no part of the program continues it.
  if (entry === undefined || entry.transfer.state.kind === 'done') return
  const { id } = entry.transfer
  switch (next.do) {
    case 'state':
      transfers.saveState(id, next.state)
      model.saveState(entry, next.state)
      return
    case 'open': {
      const transaction = aTransaction({ expiresAtMs: next.expiresAtMs })
      transfers.openTransaction(id, transaction)
      model.openTransaction(entry, transaction)
      return
    }
    case 'drop':
      transfers.dropTransaction(id)
      model.openTransaction(entry, undefined)
      return
    case 'ack': {
      if (entry.transaction === undefined) return
      const { seq, sizeBytes } = next
      const part = { seq, sizeBytes, checksum: 1, sha256: null, acknowledgedAtMs: 1 }
      transfers.acknowledgePart(id, part)
      model.acknowledge(entry, part)
      return
    }
    case 'complete': {
      const fingerprint = aFingerprint({ sizeBytes: next.sizeBytes })
      transfers.complete(id, { ...aResult(`token-${id}`, next.timeMs), fingerprint })
      model.complete(entry, `token-${id}`, fingerprint, next.timeMs)
      return
    }
  }
}

function compare({ transfers }: Stores, model: QueueModel, nowMs: number): void {
  const page = { offset: 0, limit: 1_000 }
  for (const { transfer, transaction, parts } of model.entries) {
    expect(transfers.get(transfer.id)).toEqual(transfer)
    expect(transfers.transaction(transfer.id)).toEqual(transaction)
    const bySeq = [...parts.values()].toSorted((a, b) => a.seq - b.seq)
    expect(transfers.acknowledgedParts(transfer.id)).toEqual(bySeq)
  }
  for (const batch of BATCHES) {
    const filter = batch === undefined ? {} : { batchId: batch }
    expect(transfers.ready(filter, 3, nowMs)).toEqual(model.ready(batch, 3, nowMs))
    expect(transfers.nextWakeMs(filter)).toBe(model.nextWakeMs(batch))
    expect(transfers.list(filter, page)).toEqual(model.list(batch))
    expect(transfers.list({ ...filter, kinds: KINDS }, { offset: 1, limit: 3 })).toEqual(
      model.list(batch, KINDS).slice(1, 4),
    )
    expect(present(transfers.counts(filter))).toEqual(model.counts(batch))
  }
  expect(present(transfers.listedCounts())).toEqual(model.listedCounts())
}
