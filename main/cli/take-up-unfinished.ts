import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { NewTransfer, TransferStore } from '#main/engine/ports.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { Reporter } from './report/reporter.ts'

const PAGE = 500

/**
 * Files of these rules that failed and are still there get another chance: what was wrong may have
 * been put right since, and nobody is told about a failure twice in one run.
 */
export function retryFailed(
  store: TransferStore,
  batchId: string,
  rules: readonly WatchRule[],
  nowMs: number,
): void {
  const failed: Transfer[] = []
  for (let offset = 0; ; offset += PAGE) {
    const page = store.list({ kinds: ['failed'] }, { offset, limit: PAGE })
    failed.push(...page)
    if (page.length < PAGE) break
  }
  const again = failed.filter(
    (transfer) => rules.some((rule) => isOf(rule, transfer)) && existsSync(transfer.path),
  )
  store.enqueue(again.map(withoutState), batchId, nowMs)
}

function withoutState({ state: _state, ...item }: Transfer): NewTransfer {
  return item
}

function isOf({ folder, destination }: WatchRule, transfer: Transfer): boolean {
  return (
    transfer.path.startsWith(join(folder, sep)) &&
    isDeepStrictEqual(transfer.destination, destination)
  )
}

/** Makes everything unfinished part of this run, and names it. */
export function takeUpUnfinished(
  store: TransferStore,
  batchId: string,
  reporter: Reporter,
  { failed = false }: { failed?: boolean } = {},
): { batchId: string; unchanged: number } {
  store.takeUp(batchId, { failed })
  // Totals and percentages are of everything there is to do, so everything is named first.
  for (let offset = 0; ; offset += PAGE) {
    const page = store.list({ batchId }, { offset, limit: PAGE })
    for (const transfer of page) reporter.transfer(transfer)
    if (page.length < PAGE) return { batchId, unchanged: 0 }
  }
}
