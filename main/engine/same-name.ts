/** A file of the same name in the folder: both are kept unless told, because Feishu makes a second one. */
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { isDoubtful } from './doubtful.ts'
import { chooseAmong, otherHolder, type ReplacingTools } from './replacing.ts'
import type { Run } from './run.ts'

/**
 * The upload point with what was asked for about a file of the same name.
 * @throws TransferError `name-taken` when such a file is to be left alone, `overwrite-unsupported` when
 *   only replacing would do and this tenant was seen not to
 */
export async function applySameNamePolicy(run: Run, point: UploadPoint): Promise<UploadPoint> {
  const { handling, fileName, destination } = run.transfer
  if (destination.kind === 'file') {
    if (replaces(run) === false) throw new TransferError('overwrite-unsupported')
    return point
  }
  const { sameName } = handling
  if (sameName === undefined) return point
  if (point.family !== 'files' && point.document === undefined) return point
  const there = await run.tools.targets.filesNamed(point, fileName, run.context)
  if (there.length === 0) return point
  if (sameName === 'skip') throw new TransferError('name-taken', { detail: fileName })
  if (point.document !== undefined) {
    // Never over what people may have written into it since.
    run.note({ kind: 'kept-both', because: 'document' })
    return point
  }
  if (destination.kind === 'page') {
    // No client was seen to replace a file in a wiki.
    run.note({ kind: 'kept-both', because: 'refused' })
    return point
  }
  const choice = await chooseAmong(there, run.transfer, sameName, {
    ...run.tools,
    isDoubtful: (token) => isDoubtful(run.tools.memos, point, token),
  })
  if (choice.kind === 'keep') {
    const { because, heldBy } = choice
    run.note({ kind: 'kept-both', because, ...(heldBy !== undefined && { heldBy }) })
    return point
  }
  if (replaces(run) === false) {
    run.note({ kind: 'kept-both', because: 'refused' })
    return point
  }
  return { ...point, replaces: choice.file.token }
}

/** An upload that was begun in order to replace a file may still do so. */
export async function mayStillReplace(
  {
    transfer,
    tools,
  }: {
    readonly transfer: Pick<Transfer, 'path' | 'realPath' | 'destination'>
    readonly tools: Pick<ReplacingTools, 'copies' | 'sources'>
  },
  { replaces: token }: UploadPoint,
): Promise<boolean> {
  if (token === undefined || transfer.destination.kind === 'file') return true
  return (await otherHolder(token, transfer, tools)) === undefined
}

/**
 * Uploads to the point; where that can not replace the file, beside it.
 * @throws TransferError `overwrite-unsupported` when beside it will not do
 */
export async function uploadReplacing(
  run: Run,
  point: UploadPoint,
  upload: (point: UploadPoint) => Promise<void>,
): Promise<void> {
  try {
    await upload(point)
  } catch (error) {
    if (point.replaces === undefined || !isRefusal(error)) throw error
    if (run.transfer.destination.kind === 'file') {
      if (!means(error, 'replacing-unknown')) throw error
      throw new TransferError('overwrite-unsupported', { ...error.context, cause: error })
    }
    run.tools.store.dropTransaction(run.transfer.id)
    const { replaces: _, ...beside } = point
    await upload(beside)
    // Only now is it certain that nothing else was wrong with the call.
    if (means(error, 'replacing-unknown')) learn(run, false)
    run.note({ kind: 'kept-both', because: 'refused' })
  }
}

/**
 * Remembers what became of a file that should have been replaced.
 * @throws TransferError `overwrite-made-second` when beside it will not do
 */
export function recordReplaceOutcome(run: Run, point: UploadPoint, fileToken: string): void {
  if (point.replaces === undefined) return
  const isReplaced = point.replaces === fileToken
  learn(run, isReplaced)
  if (isReplaced) {
    const isKnown = run.tools.copies.known([fileToken]).has(fileToken)
    // A link to the file was given, so that it is replaced is no news.
    if (!isKnown && run.transfer.destination.kind !== 'file') run.note({ kind: 'replaced-other' })
    return
  }
  if (run.transfer.destination.kind !== 'file') {
    run.note({ kind: 'kept-both', because: 'refused' })
    return
  }
  // The uploaded file is not what was asked for, and no upload can continue from it.
  run.tools.store.dropTransaction(run.transfer.id)
  run.tools.store.dropLanding(run.transfer.id)
  throw new TransferError('overwrite-made-second', { detail: fileToken })
}

function isRefusal(error: unknown): error is TransferError {
  return error instanceof TransferError && means(error, 'cannot-replace')
}

/** Returns whether this account's tenant replaces files; undefined until this has been seen. */
function replaces({ tools }: Run): boolean | undefined {
  return tools.memos.recall<boolean>(replacesFilesMemo(tools.calls.identity))
}

function learn({ tools }: Run, isSupported: boolean): void {
  tools.memos.remember(replacesFilesMemo(tools.calls.identity), isSupported)
}

/** Returns the key of the memo that says whether this account's tenant replaces files. */
export function replacesFilesMemo(identity: string): string {
  return `replaces-files ${identity}`
}
