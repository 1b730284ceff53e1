/** The preview of one look at the folders of watch rules. */

import type { NewTransfer } from '#main/engine/ports.ts'
import { previewFiles } from '#main/engine/preview.ts'
import { type PlannedAction, type PlannedFile, planRule } from '#main/watch/plan-rule.ts'
import { lookAtRoot } from '#main/watch/scan/look-at-root.ts'
import { realPathOf } from '#main/watch/scan/real-path.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Preview, PreviewVerdict } from '#shared/model/preview.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { OpenPreview } from '../adding/open-preview.ts'
import { failedOf, unfinished } from '../unfinished.ts'
import { handlingOf, outcomeOf } from './watch-queue.ts'

/** Yields unfinished work first, then, rule by rule, what its folder holds. */
export async function* previewWatch(
  open: OpenPreview,
  rules: readonly WatchRule[],
  signal: AbortSignal,
): AsyncGenerator<Preview> {
  const { stores, options } = open
  const { transfers } = stores
  const preview = previewFiles({ ...options, again: false, signal })
  const left = [...failedOf(transfers, rules), ...unfinished(transfers)]
  for (const item of left) yield await preview(item)
  const queued = new Set(left.map(({ path }) => path))
  for (const rule of rules) {
    for await (const planned of plansOf(rule, open, signal)) {
      if (queued.has(planned.path)) continue
      const { action } = planned
      if (action.kind === 'upload') yield await preview(await itemOf(planned, rule, open))
      else yield withoutUpload(planned, rule, verdictOf(action, options.clock.nowMs()))
    }
  }
}

async function* plansOf(
  rule: WatchRule,
  { stores, options: { clock } }: OpenPreview,
  signal: AbortSignal,
): AsyncGenerator<PlannedFile> {
  const { folder } = rule
  const { wasMount } = stores.files.scope(folder, rule.destination)
  const look = await lookAtRoot(folder, rule.realFolder, wasMount())
  if (look.kind === 'replaced') {
    throw new TransferError('rule-folder-replaced', { detail: look.real })
  }
  if (look.kind !== 'there') throw new TransferError('rule-folder-missing', { detail: folder })
  const queue = { outcome: (id: string) => outcomeOf(stores.transfers.get(id), stores.copies) }
  yield* planRule(rule, { index: stores.files, queue, clock, signal })
}

/** Returns the item that would be queued. */
async function itemOf(
  { path, relativePath, sizeBytes, remotePath = [] }: PlannedFile,
  rule: WatchRule,
  { options: { tools, clock } }: OpenPreview,
): Promise<NewTransfer> {
  const realPath = await realPathOf(relativePath, rule)
  const item = {
    path,
    realPath,
    fileName: remotePath.at(-1) ?? '',
    destination: rule.destination,
    handling: handlingOf(rule, path),
    remoteFolders: remotePath.slice(0, -1),
    sizeBytes,
  }
  try {
    return { ...item, fingerprint: await tools.sources.inspect({ path, realPath }) }
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    const info = errorInfo(error, clock.nowMs())
    return { ...item, fingerprint: null, state: { kind: 'failed', error: info } }
  }
}

function withoutUpload(
  { path, relativePath, sizeBytes }: PlannedFile,
  { destination }: WatchRule,
  verdict: PreviewVerdict,
): Preview {
  const names = relativePath.split('/')
  return {
    path,
    fileName: names.at(-1) ?? '',
    destination,
    remoteFolders: names.slice(0, -1),
    sizeBytes,
    verdict,
    calls: {},
  }
}

function verdictOf(
  action: Exclude<PlannedAction, { kind: 'upload' }>,
  atMs: number,
): PreviewVerdict {
  switch (action.kind) {
    case 'leave-out':
      return { action: 'skip', leftOut: action.why }
    case 'fail':
      return { action: 'fail', error: errorInfo(action.error, atMs) }
    case 'refuse': {
      const error = new TransferError(action.code, { detail: action.remote.join('/') })
      return { action: 'fail', error: errorInfo(error, atMs) }
    }
    case 'skip': {
      const { reason } = action
      if (reason !== 'known' && reason !== 'same') {
        return { action: 'skip', leftOut: { kind: reason } }
      }
      return { action: 'skip', error: errorInfo(new TransferError('already-uploaded'), atMs) }
    }
  }
}
