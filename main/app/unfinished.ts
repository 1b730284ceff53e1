import { join, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { NewTransfer, Queue } from '#main/engine/ports.ts'
import { isThere } from '#main/lib/file-system.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { TAKEN_UP } from '#shared/transfer/state-kinds.ts'

const PAGE = 500

type Listable = Pick<Queue, 'list'>
type Filter = Parameters<Queue['list']>[0]

/** All transfers a filter lets through, in the order they were queued. */
export function* everyTransfer(store: Listable, filter: Filter): Generator<Transfer> {
  for (let offset = 0; ; offset += PAGE) {
    const page = store.list(filter, { offset, limit: PAGE })
    yield* page
    if (page.length < PAGE) return
  }
}

export function unfinished(store: Listable): NewTransfer[] {
  return [...everyTransfer(store, { kinds: TAKEN_UP })].map(asItem)
}

/**
 * Returns files of these rules that failed and are still there. They get another chance with every start:
 * what was wrong may have been put right since.
 */
export function failedOf(store: Listable, rules: readonly WatchRule[]): NewTransfer[] {
  return [...everyTransfer(store, { kinds: ['failed'] })]
    .filter((transfer) => isTriedAtStart(transfer, rules))
    .map(asItem)
}

/** Checks whether a transfer has failed, and would be queued again if Feidi started now with these rules. */
export function isTriedAtStart(transfer: Transfer, rules: readonly WatchRule[]): boolean {
  return (
    transfer.state.kind === 'failed' &&
    rules.some((rule) => isOf(rule, transfer)) &&
    isThere(transfer.path)
  )
}

/** Queues `failedOf` again. Returns how many. */
export function retryFailed(
  store: Pick<Queue, 'list' | 'enqueue'>,
  rules: readonly WatchRule[],
  batchId: string,
  nowMs: number,
): number {
  return store.enqueue(failedOf(store, rules), batchId, nowMs).length
}

/** Checks whether a transfer came from this folder, and goes where the rule says. */
export function isOf({ folder, destination }: WatchRule, transfer: Transfer): boolean {
  return (
    transfer.path.startsWith(join(folder, sep)) &&
    isDeepStrictEqual(transfer.destination, destination)
  )
}

export function asItem({ state: _state, ...item }: Transfer): NewTransfer {
  return item
}
