/** A file of the same name in the folder: both are kept unless told, because Feishu makes a second one. */
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import type { Run } from './run.ts'

/**
 * What a refusal to replace looks like: the field is not known, the file is gone, not ours to change, or
 * somebody changes it.
 */
const NOT_REPLACED = new Set<unknown>([1061002, 1061003, 1061004, 1061007, 1061022])
/** A tenant that does not know the field says so; the other refusals are about one file. */
const UNKNOWN_FIELD = 1061002

/**
 * The upload point with what was asked for about a file of the same name.
 * @throws TransferError `name-taken` when such a file is to be left alone, `overwrite-unsupported` when
 *   only replacing would do and this tenant was seen not to
 */
export async function mindName(run: Run, point: UploadPoint): Promise<UploadPoint> {
  const { handling, fileName, destination } = run.transfer
  if (destination.kind === 'file') {
    if (replaces(run) === false) throw new TransferError('overwrite-unsupported')
    return point
  }
  const { sameName } = handling
  if (point.family !== 'files' || sameName === undefined) return point
  const there = await run.tools.targets.tokensNamed(point, fileName, run.context)
  if (there.length === 0) return point
  if (sameName === 'skip') throw new TransferError('name-taken', { detail: fileName })
  const token = tokenToReplace(run, there)
  if (token === undefined || replaces(run) === false) {
    if (token !== undefined || sameName === 'overwrite') run.note({ kind: 'kept-both' })
    return point
  }
  return { ...point, replaces: token }
}

/** The one we brought there, or, if any will do, the only one. */
function tokenToReplace(run: Run, there: readonly string[]): string | undefined {
  const { path, destination, remoteFolders, handling } = run.transfer
  const last = run.tools.store.lastDone(path, destination, remoteFolders)?.transfer.state
  const ours = last?.kind === 'done' && there.includes(last.fileToken) ? last.fileToken : undefined
  if (ours !== undefined || handling.sameName === 'overwrite-ours') return ours
  return there.length === 1 ? there[0] : undefined
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
      if (error.code !== UNKNOWN_FIELD) throw error
      throw new TransferError('overwrite-unsupported', { ...error.context, cause: error })
    }
    run.tools.store.dropTransaction(run.transfer.id)
    const { replaces: _, ...beside } = point
    await upload(beside)
    // Only now is it certain that nothing else was wrong with the call.
    if (error.code === UNKNOWN_FIELD) learn(run, false)
    run.note({ kind: 'kept-both' })
  }
}

/**
 * Remembers what became of a file that should have been replaced.
 * @throws TransferError `overwrite-made-second` when beside it will not do
 */
export function sawReplacing(run: Run, point: UploadPoint, fileToken: string): void {
  if (point.replaces === undefined) return
  const isReplaced = point.replaces === fileToken
  learn(run, isReplaced)
  if (isReplaced) return
  if (run.transfer.destination.kind !== 'file') {
    run.note({ kind: 'kept-both' })
    return
  }
  // What is up is not what was asked for, and nothing can go on from it.
  run.tools.store.dropTransaction(run.transfer.id)
  run.tools.store.dropLanding(run.transfer.id)
  throw new TransferError('overwrite-made-second', { detail: fileToken })
}

function isRefusal(error: unknown): error is TransferError {
  return error instanceof TransferError && NOT_REPLACED.has(error.code)
}

/** Whether this account's tenant replaces files; undefined as long as nobody has seen it. */
function replaces({ tools }: Run): boolean | undefined {
  return tools.memos.recall<boolean>(replacesFilesMemo(tools.calls.identity))
}

function learn({ tools }: Run, isSupported: boolean): void {
  tools.memos.remember(replacesFilesMemo(tools.calls.identity), isSupported)
}

/** Where it is remembered whether this account's tenant replaces files. */
export function replacesFilesMemo(identity: string): string {
  return `replaces-files ${identity}`
}
