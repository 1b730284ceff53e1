/**
 * Calls that make a file appear in a folder. Their answer may be lost, by the network or by a crash of
 * ours; then nothing is guessed: the folder is looked at.
 */
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { CopyProof } from '#shared/model/copy.ts'
import type { PendingLanding, UploadPoint } from '#shared/model/transfer.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { evidenceOf } from './compare-remote.ts'
import { rememberDoubtful } from './doubtful.ts'
import { type LandedAnswer, OutcomeUnknown, type RemoteFile } from './ports.ts'
import type { Run } from './run.ts'
import { mayStillReplace, sawReplacing } from './same-name.ts'
import { type Candidate, type Verdict, verdictOn } from './settlement.ts'

/** Pauses before each look. A listing may lag behind the write, and a cut-off call may still be under way. */
const LOOK_PAUSES_MS = [0, 1_000, 3_000]

/** `created_time` has whole seconds, and clocks are not quite alike. */
const CLOCK_SLACK_MS = 3_000

/** Answers to a second `upload_finish` that say the transaction is over, one way or the other. */
const TRANSACTION_OVER = new Set<unknown>([1061021, 1061003, 1061007, 1062010, 1062011])

type NewLanding = Pick<
  PendingLanding,
  'call' | 'point' | 'fingerprint' | 'checksums' | 'contentHash'
>

/** A file that is up, and how that is known. */
interface Landed extends LandedAnswer {
  readonly proof: CopyProof
}

/**
 * Makes the call and completes the transfer with its file token.
 * @returns whether the file is up; false when the transaction is over and the file is not there
 * @throws TransferError when Feishu refused
 * @throws OutcomeUnknown when the answer was lost and the file is not there yet: the landing stays on
 *   disk, to be settled in a while
 */
export async function land(
  run: Run,
  landing: NewLanding,
  blockSizeBytes: number,
  call: () => Promise<LandedAnswer>,
): Promise<boolean> {
  const { store, landings } = run.tools
  if (landing.point.family === 'medias') {
    // Nobody sees a media that no document shows: making one too many is harmless.
    const answer = await mediaAnswer(call)
    if (answer === undefined) return false
    complete(run, landing, blockSizeBytes, { ...answer, proof: 'answer' })
    return true
  }
  const announced = async () => {
    const pending = await announce(run, landing)
    let answer: LandedAnswer
    try {
      answer = await call()
    } catch (error) {
      if (error instanceof OutcomeUnknown) return settle(run, pending, blockSizeBytes, error)
      // A refusal is certain. An abort is not: the landing stays on disk for the next start.
      if (error instanceof TransferError) store.dropLanding(run.transfer.id)
      throw error
    }
    // The file is up: should the disk fail now, the landing on it is how we find the file again.
    complete(run, landing, blockSizeBytes, { ...answer, proof: 'answer' })
    return true
  }
  const key = nameKey(landing.point, run.transfer.fileName)
  return landings.hold(key, announced, run.context.stopping)
}

/** Undefined when the transaction is over, be it by a finish whose answer was lost. */
async function mediaAnswer(call: () => Promise<LandedAnswer>): Promise<LandedAnswer | undefined> {
  try {
    return await call()
  } catch (error) {
    if (isTransactionOver(error)) return undefined
    throw error
  }
}

/**
 * Settles a landing that was left open by an earlier run.
 * @returns whether the file is up; false when it certainly is not
 * @throws OutcomeUnknown when that can not be told yet
 */
export async function settlePending(run: Run, pending: PendingLanding): Promise<boolean> {
  const key = nameKey(pending.point, run.transfer.fileName)
  const blockSizeBytes =
    run.tools.store.transaction(run.transfer.id)?.blockSizeBytes ?? pending.fingerprint.sizeBytes
  const look = () => settle(run, pending, blockSizeBytes)
  return run.tools.landings.hold(key, look, run.context.stopping)
}

async function announce(run: Run, landing: NewLanding): Promise<PendingLanding> {
  const { targets, calls, store } = run.tools
  const { id, fileName } = run.transfer
  const before = await targets.filesNamed(landing.point, fileName, run.context)
  const pending: PendingLanding = {
    ...landing,
    tokensBefore: before.map(({ token }) => token),
    startedAtServerMs: calls.serverNowMs(),
  }
  store.openLanding(id, pending)
  return pending
}

async function settle(
  run: Run,
  pending: PendingLanding,
  blockSizeBytes: number,
  lost?: OutcomeUnknown,
): Promise<boolean> {
  const { clock, store } = run.tools
  const judge = judgeOf(run, pending)
  let unknown = lost
  let verdict: Verdict = { kind: 'not-there' }
  for (const [look, pauseMs] of LOOK_PAUSES_MS.entries()) {
    if (pauseMs > 0) await clock.sleep(pauseMs, run.context.stopping)
    verdict = await judge()
    if (verdict.kind === 'done') {
      complete(run, pending, blockSizeBytes, verdict)
      return true
    }
    // The look comes before the second finish: nothing is known of what a second one does.
    if (look === 0 && pending.call === 'upload_finish') {
      const answer = await finishAgain(run)
      if (!(answer instanceof OutcomeUnknown) && answer !== undefined) {
        complete(run, pending, blockSizeBytes, answer)
        return true
      }
      unknown = answer
    }
  }
  if (verdict.kind !== 'not-there') throw givenUp(run, pending, verdict)
  // The call may be under way still: it is looked for again in a while, before anything is repeated.
  if (unknown !== undefined) throw unknown
  store.dropLanding(run.transfer.id)
  return false
}

/** Looks at the folder, and at what is in files that may be ours: at each of them once. */
function judgeOf(run: Run, pending: PendingLanding): () => Promise<Verdict> {
  const { targets, copies, store } = run.tools
  const { fileName, handling } = run.transfer
  const { replaces } = pending.point
  const seen = new Map<string, Candidate>()
  const judged = async (token: string): Promise<Candidate> => {
    const known = seen.get(token) ?? { token, evidence: await evidenceOf(run, token, pending) }
    seen.set(token, known)
    return known
  }
  return async () => {
    const files = await targets.list(pending.point, run.context)
    const tokens = files
      .filter((file) => mayBeIt(file, fileName, pending))
      .map(({ token }) => token)
    // What is up and still being shown somewhere is known to the queue only.
    const claimed = new Set([...copies.known(tokens), ...store.ownTokens(tokens)])
    const candidates: Candidate[] = []
    for (const token of tokens) if (!claimed.has(token)) candidates.push(await judged(token))
    if (replaces !== undefined) {
      // Without evidence it is replaced once more, by the same content.
      const replaced = await judged(replaces)
      if (replaced.evidence === 'bytes') candidates.push(replaced)
    }
    return verdictOn(candidates, handling.sameName)
  }
}

/** Nothing is repeated by itself: what may be ours is remembered, and left alone from here on. */
function givenUp(
  { tools: { store, memos }, transfer: { id, fileName } }: Run,
  { point }: PendingLanding,
  verdict: Extract<Verdict, { kind: 'name-taken' | 'uncertain' }>,
): TransferError {
  store.dropLanding(id)
  store.dropTransaction(id)
  if (verdict.kind === 'name-taken') return new TransferError('name-taken', { detail: fileName })
  rememberDoubtful(memos, point, verdict.tokens)
  return new TransferError('outcome-unknown', { detail: fileName })
}

function mayBeIt(file: RemoteFile, fileName: string, pending: PendingLanding): boolean {
  return (
    file.type === 'file' &&
    remoteName(file.name) === fileName &&
    !pending.tokensBefore.includes(file.token) &&
    (file.createdAtMs === undefined ||
      file.createdAtMs >= pending.startedAtServerMs - CLOCK_SLACK_MS)
  )
}

/** The file if the transaction answers with its token; undefined when it is over. */
async function finishAgain(run: Run): Promise<Landed | undefined | OutcomeUnknown> {
  const { calls, store } = run.tools
  const transaction = store.transaction(run.transfer.id)
  if (transaction === undefined) return undefined
  const { point, uploadId, blockCount } = transaction
  if (!(await mayStillReplace(run, point))) return undefined
  try {
    const answer = await calls.finish({ point, uploadId, blockCount }, run.context)
    return { ...answer, proof: 'finish' }
  } catch (error) {
    if (error instanceof OutcomeUnknown) return error
    if (isTransactionOver(error)) return undefined
    throw error
  }
}

function isTransactionOver(error: unknown): boolean {
  return error instanceof TransferError && TRANSACTION_OVER.has(error.code)
}

function complete(
  run: Run,
  landing: NewLanding,
  blockSizeBytes: number,
  { fileToken, version, proof }: Landed,
): void {
  const { store, clock, attacher, targets } = run.tools
  const { id } = run.transfer
  const finishedAtMs = clock.nowMs()
  const { fingerprint, checksums, contentHash } = landing
  targets.landed(landing.point, { fileName: run.transfer.fileName, fileToken })
  sawReplacing(run, landing.point, fileToken)
  const attach = store.pendingAttach(id)?.place ?? attacher.placeFor(run.transfer)
  store.complete(id, {
    fileToken,
    fingerprint,
    blockSizeBytes,
    checksums,
    contentHash,
    proof,
    ...(version !== undefined && { version }),
    finishedAtMs,
    ...(attach !== undefined && { attach }),
  })
  run.move(
    attach === undefined
      ? { kind: 'landed', fileToken, finishedAtMs }
      : { kind: 'attaching', fileToken },
  )
}

function nameKey(point: UploadPoint, fileName: string): string {
  return `${point.parentNode}/${fileName}`
}
