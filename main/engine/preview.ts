import type { Clock } from '#main/lib/clock.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Preview, SameNameForecast } from '#shared/model/preview.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { addCalls, type CallCounts, uploadCost } from '#shared/transfer/call-cost.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import {
  FILE_NAME_LIMIT_CHARACTERS,
  FOLDER_NAME_LIMIT_BYTES,
  planFits,
} from '#shared/transfer/plan-parts.ts'
import { whyNotTaken } from '#shared/transfer/taken-by.ts'
import { FolderCosts, type FolderLookUp } from './folder-costs.ts'
import { copyAt, copyOfContent, copyOfVersion } from './known-copy.ts'
import type { CopyStore, NewTransfer, TransferStore } from './ports.ts'
import { RemoteRoom } from './remote-room.ts'
import { chooseAmong } from './replacing.ts'
import type { RunTools } from './run.ts'
import { nameError } from './verify-source.ts'

/** What is known of earlier uploads. */
interface PreviewKnowledge {
  readonly transfers: Pick<
    TransferStore,
    'openAt' | 'transaction' | 'acknowledgedParts' | 'pendingLanding'
  >
  readonly copies: Pick<CopyStore, 'at' | 'holders'>
  readonly folderToken: FolderLookUp
  readonly uplinkBytesPerSecond: number | undefined
  /** Whether files can be replaced there; undefined: nobody has seen it yet. */
  readonly replacesFiles: boolean | undefined
  readonly singleCallLimit?: SingleCallLimit
}

export interface PreviewOptions {
  readonly knowledge: PreviewKnowledge
  readonly tools: Pick<RunTools, 'sources'>
  readonly clock: Clock
  /** Files go up even if they are up already. */
  readonly again: boolean
  readonly signal: AbortSignal
}

type Verdict = Pick<Preview, 'verdict' | 'calls' | 'sameName'>

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
    const verdict = noRoom === undefined ? judged : refused('fail', noRoom, options)
    return { path, fileName, destination, remoteFolders, sizeBytes, ...verdict }
  }
}

function isThere({ verdict }: Verdict): boolean {
  if (verdict.action === 'upload') return verdict.reason !== 'new'
  if (!('error' in verdict)) return false
  return verdict.error.code === 'already-uploaded' || verdict.error.code === 'name-taken'
}

function isAdded({ verdict, sameName }: Verdict): boolean {
  return verdict.action === 'resume' || (verdict.action === 'upload' && sameName !== 'replaces')
}

function refused(
  action: 'skip' | 'fail',
  error: TransferError,
  { clock }: Pick<PreviewOptions, 'clock'>,
): Verdict {
  return { verdict: { action, error: errorInfo(error, clock.nowMs()) }, calls: {} }
}

async function judge(
  item: NewTransfer,
  folders: FolderCosts,
  options: PreviewOptions,
): Promise<Verdict> {
  const { knowledge, again } = options
  const { state, fingerprint, destination, remoteFolders, sizeBytes } = item
  if (state !== undefined) {
    const action = state.kind === 'skipped' ? 'skip' : 'fail'
    return { verdict: { action, error: state.error }, calls: {} }
  }
  const placed = (calls: CallCounts) => addCalls(folders.of(destination, remoteFolders), calls)
  const alreadyUp = () => refused('skip', new TransferError('already-uploaded'), options)
  // The order of the questions is that of an upload: see plan-upload and run-transfer.
  if (!again && copyOfVersion(item, knowledge.copies) !== undefined) return alreadyUp()
  const wrongName = wrongNameOf(item)
  if (wrongName !== undefined) return refused('fail', wrongName, options)
  const rest = restOfUnfinished(item, options)
  if (rest !== undefined) {
    return { verdict: { action: 'resume' }, calls: placed(rest) }
  }
  if (!again && fingerprint !== null && (await isUp({ ...item, fingerprint }, options))) {
    return alreadyUp()
  }
  const earlier = copyAt(item, knowledge.copies)
  if (earlier !== undefined && mindsNames(item) && item.handling?.sameName === 'skip') {
    // The folder is looked at before that is known.
    const taken = new TransferError('name-taken', { detail: item.fileName })
    return { ...refused('skip', taken, options), calls: placed({}) }
  }
  const reason = earlier === undefined ? 'new' : again ? 'again' : 'changed'
  const { uplinkBytesPerSecond, singleCallLimit } = knowledge
  const calls = placed(uploadCost(sizeBytes, uplinkBytesPerSecond, singleCallLimit))
  const sameName = await forecast(item, options)
  return { verdict: { action: 'upload', reason }, calls, ...(sameName && { sameName }) }
}

/** Whether there is a list of names where the file goes. */
function mindsNames({ destination: { kind } }: NewTransfer): boolean {
  return kind === 'folder' || kind === 'page'
}

/** As `mindName` will see it, as far as is known without asking. */
async function forecast(
  item: NewTransfer,
  { knowledge: { copies, replacesFiles = true }, tools: { sources } }: PreviewOptions,
): Promise<SameNameForecast | undefined> {
  if (!mindsNames(item)) return undefined
  const sameName = item.handling?.sameName
  if (sameName === 'skip') return 'may-skip'
  const isReplaceable = item.destination.kind === 'folder' && replacesFiles
  const mayReplace = sameName !== undefined && isReplaceable
  const own = copyAt(item, copies)
  if (own === undefined) {
    return sameName === 'overwrite' && mayReplace ? 'may-replace' : undefined
  }
  if (!mayReplace) return 'keeps-both'
  const there = [{ token: own.fileToken, name: own.fileName, type: 'file' }]
  const choice = await chooseAmong(there, item, sameName, {
    ...{ copies, sources },
    // Our own copy, which is looked at here, is proven or it is not.
    isDoubtful: () => false,
  })
  return choice.kind === 'replace' ? 'replaces' : 'keeps-both'
}

function wrongNameOf(item: NewTransfer): TransferError | undefined {
  const { fileName, remoteFolders, destination, sizeBytes } = item
  const reason = whyNotTaken(destination.kind, fileName, sizeBytes)
  if (reason !== undefined) return new TransferError(reason, { detail: fileName })
  const folders = destination.kind === 'folder' ? remoteFolders : []
  const tooLong = folders.find(
    (name) => new TextEncoder().encode(name).length > FOLDER_NAME_LIMIT_BYTES,
  )
  if (tooLong !== undefined) return new TransferError('folder-name-too-long', { detail: tooLong })
  return nameError(fileName, FILE_NAME_LIMIT_CHARACTERS)
}

/** Calls left of an upload that was interrupted; undefined when there is none to go on with. */
function restOfUnfinished(
  { path, destination, remoteFolders, fingerprint }: NewTransfer,
  { knowledge: { transfers }, clock }: PreviewOptions,
): CallCounts | undefined {
  const open = transfers.openAt(path, destination, remoteFolders)
  if (open === undefined) return undefined
  // It left, and its answer was not seen: a look at the folder tells.
  if (transfers.pendingLanding(open.id) !== undefined) return { list_folder: 1 }
  const transaction = transfers.transaction(open.id)
  if (transaction === undefined || transaction.expiresAtMs <= clock.nowMs()) return undefined
  const { sizeBytes } = transaction.fingerprint
  if (sizeBytes !== fingerprint?.sizeBytes || !planFits(transaction, sizeBytes)) return undefined
  const missing = transaction.blockCount - transfers.acknowledgedParts(open.id).length
  return { ...(missing > 0 && { upload_part: missing }), upload_finish: 1 }
}

/** Only touched, or restored: the content tells. */
async function isUp(
  item: NewTransfer & { readonly fingerprint: Fingerprint },
  { knowledge: { copies }, tools: { sources }, signal }: PreviewOptions,
): Promise<boolean> {
  try {
    return (await copyOfContent(item, { copies, sources }, signal)) !== undefined
  } catch (error) {
    // It changes while it is read, or can not be read: the upload will say so.
    if (error instanceof TransferError) return false
    throw error
  }
}
