import type { Clock } from '#main/lib/clock.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { codeFor } from '#shared/errors/meaning.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Preview, SameNameForecast } from '#shared/model/preview.ts'
import type { UploadTransaction } from '#shared/model/transfer.ts'
import { documentTypeFor } from '#shared/transfer/as-document.ts'
import {
  addCalls,
  type CallCounts,
  IMPORT_COST,
  TO_WIKI_COST,
  uploadCost,
} from '#shared/transfer/call-cost.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { planStart, type StartBasis, type StartPlan } from '#shared/transfer/plan-start.ts'
import { whyNoText } from './as-document.ts'
import { FolderCosts, type FolderLookUp } from './folder-costs.ts'
import { copyAt, copyOfVersion } from './known-copy.ts'
import { decideNextStep, type Known, type NextStep } from './next-step.ts'
import type { CopyStore, NewTransfer, RunStore } from './ports.ts'
import { RemoteRoom } from './remote-room.ts'
import { chooseAmong } from './replacing.ts'
import type { RunTools } from './run.ts'
import { mayStillReplace } from './same-name.ts'
import { contentHashOf, stillHasParts } from './verify-source.ts'

/** The knowledge about earlier uploads. */
interface PreviewKnowledge {
  readonly transfers: Pick<
    RunStore,
    'openAt' | 'transaction' | 'acknowledgedParts' | 'pendingLanding'
  >
  readonly copies: Pick<CopyStore, 'at' | 'holders'>
  readonly folderToken: FolderLookUp
  /** The identity that uploads, where that is known. */
  readonly identity: string | undefined
  readonly uplinkBytesPerSecond: number | undefined
  /** True when files can be replaced there; undefined when this was never seen. */
  readonly replacesFiles: boolean | undefined
  readonly singleCallLimit?: SingleCallLimit
  /** The calls of parts, and how fast they go; absent: no file is refused for them. */
  readonly partLimits?: Pick<StartBasis, 'today' | 'daily' | 'cost' | 'hours'>
  /** The tenant has refused files from this size on. */
  readonly refusedSize?: number | undefined
}

export interface PreviewOptions {
  readonly knowledge: PreviewKnowledge
  readonly tools: Pick<RunTools, 'sources'>
  readonly clock: Clock
  /** Files go up even if they are up already. */
  readonly again: boolean
  readonly signal: AbortSignal
}

interface Forecast extends Pick<Preview, 'verdict' | 'calls' | 'sameName' | 'warning'> {
  /** It can not become the document it is asked to become. */
  readonly asFile?: boolean
}

/** Says what uploading a file would do, and what it would cost, without sending anything. */
export type PreviewFile = (item: NewTransfer) => Promise<Preview>

/** Costs that several files share are counted with the first: ask in the order of the upload. */
export function previewFiles(options: PreviewOptions): PreviewFile {
  const folders = new FolderCosts(options.knowledge.folderToken)
  const room = new RemoteRoom()
  return async (item) => {
    const { path, fileName, destination, remoteFolders, sizeBytes } = item
    const judged = await judge(item, folders, options)
    const needs = { isThere: isThere(judged), isAdded: isAdded(judged) }
    const noRoom = room.take(item, needs)
    const { asFile, ...verdict } = noRoom === undefined ? judged : refused(noRoom, options)
    const isFile = 'error' in verdict.verdict || asFile === true
    const document = isFile ? undefined : documentTypeFor(item)
    return {
      ...{ path, fileName, destination, remoteFolders, sizeBytes, ...verdict },
      ...(document !== undefined && { document }),
    }
  }
}

function isThere({ verdict }: Forecast): boolean {
  if (verdict.action === 'upload') return verdict.reason !== 'new'
  if (!('error' in verdict)) return false
  return verdict.error.code === 'already-uploaded' || verdict.error.code === 'name-taken'
}

function isAdded({ verdict, sameName }: Forecast): boolean {
  return verdict.action === 'resume' || (verdict.action === 'upload' && sameName !== 'replaces')
}

function refused(error: TransferError, { clock }: Pick<PreviewOptions, 'clock'>): Forecast {
  const action = lookUp(error).policy === 'skip-file' ? 'skip' : 'fail'
  return { verdict: { action, error: errorInfo(error, clock.nowMs()) }, calls: {} }
}

async function judge(
  item: NewTransfer,
  folders: FolderCosts,
  options: PreviewOptions,
): Promise<Forecast> {
  const { knowledge, again } = options
  const { state, destination, remoteFolders, sizeBytes } = item
  if (state !== undefined) {
    const action = state.kind === 'skipped' ? 'skip' : 'fail'
    return { verdict: { action, error: state.error }, calls: {} }
  }
  const placed = (calls: CallCounts) => addCalls(folders.of(destination, remoteFolders), calls)
  const alreadyUp = () => refused(new TransferError('already-uploaded'), options)
  // Asked before the file is queued, see plan-upload.
  if (!again && copyOfVersion(item, knowledge.copies) !== undefined) return alreadyUp()
  const { transfers } = knowledge
  const id = transfers.openAt(item.path, destination, remoteFolders)?.id
  if (id !== undefined && transfers.pendingLanding(id) !== undefined) {
    // It left, and its answer was not seen: a look at the folder tells.
    return { verdict: { action: 'resume' }, calls: placed({ list_folder: 1 }) }
  }
  const handling = { ...item.handling, ...(again && { again }) }
  const step = await nextStep({ ...item, handling }, id, options)
  if (step.kind === 'refuse') return refused(step.error, options)
  if (step.kind === 'resume') {
    return { verdict: { action: 'resume' }, calls: placed(restOf(step.transaction, id, options)) }
  }
  if (step.kind === 'already-up') return alreadyUp()
  const { reason } = step
  if (reason !== 'new' && mindsNames(item) && handling.sameName === 'skip') {
    // The folder is looked at before that is known.
    const taken = new TransferError('name-taken', { detail: item.fileName })
    return { ...refused(taken, options), calls: placed({}) }
  }
  const {
    uplinkBytesPerSecond,
    singleCallLimit,
    refusedSize = Number.POSITIVE_INFINITY,
  } = knowledge
  if (sizeBytes >= refusedSize) {
    return refused(new TransferError(codeFor('too-large-there')), options)
  }
  const upload = uploadCost(sizeBytes, uplinkBytesPerSecond, singleCallLimit)
  const noText =
    item.fingerprint && (await whyNoText(item, item.fingerprint, options.tools.sources))
  const isFile = documentTypeFor(item) === undefined || Boolean(noText)
  if (noText && item.handling?.asDocument?.orFile !== true) return refused(noText, options)
  const making = destination.kind === 'page' ? TO_WIKI_COST : IMPORT_COST
  const calls = placed(isFile ? upload : addCalls(upload, making))
  const start = startOf(upload, sizeBytes, options)
  if (start?.kind === 'never') return refused(new TransferError('too-many-parts'), options)
  const isSlow = start?.kind === 'now' && start.isSlow
  const warning = isSlow && errorInfo(new TransferError('line-too-slow'), options.clock.nowMs())
  const sameName = await forecast(item, options)
  const asFile = Boolean(noText)
  return {
    verdict: { action: 'upload', reason },
    calls,
    ...(sameName && { sameName }),
    ...(asFile && { asFile }),
    ...(warning && { warning }),
  }
}

/** When a file in parts may begin, on a day of its own; undefined for one that goes in one call. */
function startOf(
  { upload_part: parts = 0 }: CallCounts,
  sizeBytes: number,
  { knowledge: { partLimits }, clock }: PreviewOptions,
): StartPlan | undefined {
  if (parts === 0 || partLimits === undefined) return undefined
  const { daily } = partLimits
  // Other files take their turn; the question here is whether this one can be uploaded at all.
  const own = { ...partLimits, today: daily, reserved: 0, nowMs: clock.nowMs() }
  return planStart({ parts, bytes: sizeBytes }, own)
}

/** As `runTransfer` will decide; a file that could not be looked at is taken to go up. */
async function nextStep(
  item: NewTransfer,
  id: string | undefined,
  { knowledge, tools: { sources }, clock, signal }: PreviewOptions,
): Promise<NextStep> {
  const { transfers, copies, identity } = knowledge
  const { fingerprint } = item
  const copy = copyAt(item, copies)
  if (fingerprint === null) return { kind: 'upload', reason: copy ? 'changed' : 'new' }
  const transaction = id === undefined ? undefined : transfers.transaction(id)
  const version = { sources, file: item, fingerprint }
  const known: Known = {
    fingerprint,
    transaction,
    mayReplace:
      transaction === undefined ||
      (await mayStillReplace({ transfer: item, tools: { copies, sources } }, transaction.point)),
    identity: item.account ?? identity,
    copy,
    nowMs: clock.nowMs(),
  }
  return decideNextStep(item, known, {
    hasParts: ({ blockSizeBytes }) =>
      unlessUnreadable(
        stillHasParts(version, blockSizeBytes, transfers.acknowledgedParts(id ?? ''), signal),
      ),
    hasContent: ({ contentHash }) =>
      unlessUnreadable(contentHashOf(version, signal).then((hash) => hash === contentHash)),
  })
}

/** A file that changes while it is read, or can not be read: the upload will say so. */
async function unlessUnreadable(comparison: Promise<boolean>): Promise<boolean> {
  try {
    return await comparison
  } catch (error) {
    if (error instanceof TransferError) return false
    throw error
  }
}

/** There is a list of names at the place that the file goes to. */
function mindsNames({ destination: { kind } }: NewTransfer): boolean {
  return kind === 'folder' || kind === 'page'
}

/** As `applySameNamePolicy` will see it, as far as is known without asking. */
async function forecast(
  item: NewTransfer,
  { knowledge: { copies, replacesFiles = true }, tools: { sources } }: PreviewOptions,
): Promise<SameNameForecast | undefined> {
  if (!mindsNames(item)) return undefined
  const sameName = item.handling?.sameName
  if (sameName === 'skip') return 'may-skip'
  const isFile = documentTypeFor(item) === undefined
  const isReplaceable = item.destination.kind === 'folder' && replacesFiles && isFile
  const mayReplace = sameName !== undefined && isReplaceable
  const own = copyAt(item, copies)
  if (own === undefined) {
    return sameName === 'overwrite' && mayReplace ? 'may-replace' : undefined
  }
  if (!mayReplace) return 'keeps-both'
  const there = [{ token: own.fileToken, name: own.fileName, type: 'file' }]
  const choice = await chooseAmong(there, item, sameName, {
    copies,
    sources,
    // Our own copy, which is looked at here, is proven or it is not.
    isDoubtful: () => false,
  })
  return choice.kind === 'replace' ? 'replaces' : 'keeps-both'
}

/** Calls left of an upload that was interrupted. */
function restOf(
  { blockCount }: UploadTransaction,
  id = '',
  { knowledge: { transfers } }: PreviewOptions,
): CallCounts {
  const missing = blockCount - transfers.acknowledgedParts(id).length
  return { ...(missing > 0 && { upload_part: missing }), upload_finish: 1 }
}
