import { realpath } from '#main/lib/file-system.ts'
import { assertNever } from '#shared/assert-never.ts'
import type { ErrorPolicy } from '#shared/errors/catalogue-entry.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { isWaitedOut } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type {
  Fingerprint,
  PendingLanding,
  UploadPoint,
  WaitReason,
} from '#shared/model/transfer.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import { goesInOneCall } from '#shared/transfer/single-call.ts'
import { asFileIfAllowed, checkText, inItsForm } from './as-document.ts'
import { attachIfUp } from './attaching.ts'
import { confirmVersion, copyAt } from './known-copy.ts'
import { settlePending } from './landing.ts'
import { lookFirst } from './look-first.ts'
import { decideNextStep, type Known, type NextStep } from './next-step.ts'
import { OutcomeUnknown } from './ports.ts'
import type { Run } from './run.ts'
import { applySameNamePolicy, mayStillReplace, uploadReplacing } from './same-name.ts'
import { noteRefusedSize, noteTakenSize } from './size-cap.ts'
import { callsLeft, hadBetterRestart } from './start-in-parts.ts'
import { uploadInOneCall } from './upload-in-one-call.ts'
import { openTransaction, uploadInParts } from './upload-in-parts.ts'
import { contentHashOf, stillHasParts } from './verify-source.ts'

/** The end of a run. Every kind but `stopped` and `again` is final for now. */
export type RunResult =
  | { readonly kind: 'done' }
  /** A former upload was settled, and the file has changed since: it has to go up again. */
  | { readonly kind: 'done-but-changed' }
  | { readonly kind: 'skipped'; readonly error: TransferError }
  | { readonly kind: 'failed'; readonly error: TransferError }
  | {
      readonly kind: 'blocked'
      readonly error: TransferError
      readonly scope: 'target' | 'account'
    }
  /** Not now; try again in a while. */
  | { readonly kind: 'later'; readonly error: TransferError; readonly reason: WaitReason }
  /** The upload starts from scratch, at once. */
  | { readonly kind: 'again'; readonly error: TransferError }
  /** The program cannot continue. */
  | { readonly kind: 'fatal'; readonly error: TransferError }

/**
 * Brings one transfer as far as it will go. Rejects only with the reason of `context.stopping` or
 * `context.aborted`; every failure is a result.
 */
export async function runTransfer(run: Run): Promise<RunResult> {
  try {
    return await attempt(run)
  } catch (error) {
    const { stopping, aborted } = run.context
    if (error instanceof TransferError) return resultOf(run, error)
    if (error instanceof OutcomeUnknown) return resultOfUnknown(error)
    if (stopping.aborted || aborted.aborted) throw error
    return {
      kind: 'fatal',
      error: new TransferError('internal', { cause: error, detail: String(error) }),
    }
  }
}

async function attempt(given: Run): Promise<RunResult> {
  const run = inItsForm(await located(given))
  try {
    const result = await bringUp(run)
    noteTakenSize(run.tools.memos, run.tools.calls.identity, run.transfer.sizeBytes)
    return result
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    const { memos, calls } = run.tools
    noteRefusedSize(memos, calls.identity, run.transfer.sizeBytes, error)
    if (error.code === 'source-changed') await noteChange(run)
    throw asFileIfAllowed(run, error)
  }
}

/**
 * Takes the place where the file is first found as its real path, if it could not be looked at when
 * it was queued.
 */
async function located(run: Run): Promise<Run> {
  const { id, path, realPath } = run.transfer
  if (realPath !== undefined) return run
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined) return run
  run.tools.store.saveRealPath(id, real)
  return { ...run, transfer: { ...run.transfer, realPath: real } }
}

async function bringUp(run: Run): Promise<RunResult> {
  const { store, sources } = run.tools
  const { id, path } = run.transfer
  const pending = store.pendingLanding(id)
  const isLanded = pending !== undefined && (await isSettledNow(run, pending))
  if ((await attachIfUp(run)) || isLanded) {
    // A landing closes the checkpoint, so what was saved last is what is up.
    const uploaded = pending?.fingerprint ?? run.transfer.fingerprint
    const isOther = uploaded !== null && (await changedSince(run, uploaded))
    return { kind: isOther ? 'done-but-changed' : 'done' }
  }
  const fingerprint = await sources.inspect(run.transfer)
  assertAtRest(run, fingerprint)
  const step = await nextStep(run, fingerprint)
  if (step.kind === 'refuse') throw step.error
  if (step.kind === 'already-up') throw new TransferError('already-uploaded', { detail: path })
  const transaction = step.kind === 'resume' ? step.transaction : undefined
  let point = transaction?.point
  try {
    if (transaction === undefined) {
      await checkText(run, fingerprint)
      point = await pointFor(run)
      await lookFirst(run, point, fingerprint)
      await uploadFromTheStart(run, point, fingerprint)
    } else await uploadInParts(run, transaction)
  } catch (error) {
    if (!(await canBeMadeAnew(run, error, point))) throw error
    store.dropTransaction(id)
    await uploadFromTheStart(run, await pointFor(run), fingerprint)
  }
  await attachIfUp(run)
  return { kind: 'done' }
}

/** Checks whether a landing that an earlier run left open turns out to have uploaded the file. */
async function isSettledNow(run: Run, pending: PendingLanding): Promise<boolean> {
  try {
    return await settlePending(run, pending)
  } catch (error) {
    // Whatever landed there went with the folder.
    if (!(await canBeMadeAnew(run, error, pending.point))) throw error
    run.tools.store.dropTransaction(run.transfer.id)
    run.tools.store.dropLanding(run.transfer.id)
    return false
  }
}

async function pointFor(run: Run): Promise<UploadPoint> {
  return applySameNamePolicy(run, await run.tools.targets.resolve(run.transfer, run.context))
}

function uploadFromTheStart(run: Run, point: UploadPoint, fingerprint: Fingerprint): Promise<void> {
  return uploadReplacing(run, point, async (where) => {
    const { uplink, singleCallLimit } = run.tools
    const facts = {
      uplinkBytesPerSecond: uplink.bytesPerSecond,
      limit: singleCallLimit,
      left: callsLeft(run, where.family),
    }
    if (goesInOneCall(fingerprint.sizeBytes, facts)) {
      // A file is read twice before its call: not on a day that has no call for it.
      run.tools.calls.assertToday(where.family, 'upload_all')
      await uploadInOneCall(run, where, fingerprint)
    } else {
      await uploadInParts(run, await openTransaction(run, where, fingerprint))
    }
  })
}

/** A folder or block that we had made was deleted: that is no reason to stop, it is made again. */
async function canBeMadeAnew(
  { tools, transfer, context }: Run,
  error: unknown,
  point: UploadPoint | undefined,
): Promise<boolean> {
  if (!(error instanceof TransferError) || !means(error, 'point-gone')) return false
  return tools.targets.forget(transfer, point, context)
}

/** The step to take; a transaction that is of no use is dropped, and what was compared is noted. */
async function nextStep(run: Run, fingerprint: Fingerprint): Promise<NextStep> {
  const { store, copies, calls, clock, sources } = run.tools
  const { transfer, context } = run
  const { id } = transfer
  const transaction = store.transaction(id)
  const version = { sources, file: transfer, fingerprint }
  const known: Known = {
    fingerprint,
    transaction,
    mayReplace: transaction === undefined || (await mayStillReplace(run, transaction.point)),
    identity: calls.identity,
    copy: copyAt(transfer, copies),
    nowMs: clock.nowMs(),
    isInVain:
      transaction !== undefined &&
      hadBetterRestart(transaction, store.acknowledgedParts(id).length, clock.nowMs(), run.tools),
  }
  const step = await decideNextStep(transfer, known, {
    hasParts: ({ blockSizeBytes }) =>
      stillHasParts(version, blockSizeBytes, store.acknowledgedParts(id), context.stopping),
    hasContent: async ({ contentHash }) =>
      (await contentHashOf(version, context.stopping)) === contentHash,
  })
  if ('dropped' in step) {
    store.dropTransaction(id)
    if (step.dropped !== 'may-not-replace') run.note({ kind: 'restarted', because: step.dropped })
  }
  if (step.kind === 'already-up') confirmVersion(step.copy, fingerprint, copies)
  if (step.kind !== 'resume' || sameFingerprint(step.transaction.fingerprint, fingerprint))
    return step
  store.confirmFingerprint(id, fingerprint)
  return { ...step, transaction: { ...step.transaction, fingerprint } }
}

/**
 * A file is sent as the version that was queued. One that has changed since may be half written.
 * @throws TransferError `source-changed`
 */
function assertAtRest({ transfer: { path, fingerprint: queued } }: Run, now: Fingerprint): void {
  if (queued !== null && sameFingerprint(queued, now)) return
  throw new TransferError('source-changed', { detail: path })
}

/**
 * Notes a change: the file is tried again when its current version has been at rest for a while.
 * The bytes sent are in doubt, also after a kill, and even if all its times are put back: its
 * content has to prove them.
 */
async function noteChange({ tools: { store, sources }, transfer }: Run): Promise<void> {
  const transaction = store.transaction(transfer.id)
  if (transaction !== undefined) {
    store.confirmFingerprint(transfer.id, { ...transaction.fingerprint, ctimeNs: '' })
  }
  const now = await sources.inspect(transfer).catch((error: unknown) => {
    // The next try meets it as well, and says what it means.
    if (error instanceof TransferError) return undefined
    throw error
  })
  if (now !== undefined) store.saveSource(transfer.id, now.sizeBytes, now)
}

async function changedSince(run: Run, fingerprint: Fingerprint): Promise<boolean> {
  try {
    return !sameFingerprint(await run.tools.sources.inspect(run.transfer), fingerprint)
  } catch (error) {
    if (error instanceof TransferError) return false
    throw error
  }
}

function resultOf(run: Run, cause: TransferError): RunResult {
  const error = asWithdrawn(run, cause)
  const entry = lookUp(error)
  // Reading a file is not repeated in place.
  if (entry.policy === 'backoff' && entry.domain === 'source') return later(error)
  // The calls have tried as often as the catalogue allows; what counts now is what comes after.
  const policy =
    entry.policy === 'backoff' || entry.policy === 'reread-part'
      ? (entry.afterwards ?? entry.policy)
      : entry.policy
  // A refusal of what the checkpoint holds would be the same the next time.
  const isRefused = entry.policy === 'fail-file' && typeof error.code === 'number'
  const isOver = policy === 'restart-upload' || policy === 'success'
  if (isOver || isRefused) run.tools.store.dropTransaction(run.transfer.id)
  return resultOfPolicy(policy, error)
}

/** Returns the result of a call whose landing stays on disk, to be settled first by the next run. */
function resultOfUnknown({ error }: OutcomeUnknown): RunResult {
  return isWaitedOut(error, 1) ? later(error) : resultOfPolicy(lookUp(error).policy, error)
}

/**
 * Reports a missing watched file as moved. Watching finds it again wherever it is now, so no one
 * has to act on the old path.
 */
function asWithdrawn({ transfer }: Run, error: TransferError): TransferError {
  const isWithdrawn = error.code === 'source-missing' && transfer.handling.watched === true
  return isWithdrawn ? new TransferError('source-moved', error.context) : error
}

function resultOfPolicy(policy: ErrorPolicy, error: TransferError): RunResult {
  switch (policy) {
    case 'skip-file':
      return { kind: 'skipped', error }
    case 'block-target':
    case 'block-kind':
      return { kind: 'blocked', error, scope: 'target' }
    // Renewing the token and repeating the call did not help, or there is nothing to renew.
    case 'refresh-token':
    case 'block-account':
      return { kind: 'blocked', error, scope: 'account' }
    case 'restart-upload':
    case 'reread-part':
      return { kind: 'again', error }
    case 'wait-source':
    case 'backoff':
    case 'wait-rate-limit':
      return later(error)
    case 'stop':
      return { kind: 'fatal', error }
    // The call reports a success, but of an unknown result; no one sees a lost media file.
    case 'success':
      return { kind: 'again', error }
    case 'fail-file':
      return { kind: 'failed', error }
    default:
      return assertNever(policy)
  }
}

function later(error: TransferError): RunResult {
  return { kind: 'later', error, reason: waitReason(error) }
}

function waitReason(error: TransferError): WaitReason {
  if (error.code === 'source-changed') return 'file-changing'
  const { domain } = lookUp(error)
  if (domain === 'source') return 'file-busy'
  if (domain === 'quota') return 'quota'
  return domain === 'network' ? 'network' : 'server'
}
