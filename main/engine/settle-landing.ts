/**
 * Settles a landing whose outcome is not known, by proof (decision 0017): the folder is looked at, and a
 * transaction is asked to finish again, because the token it answers with is the proof.
 */
import { pauseFrom } from '#main/lib/pause.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { isWaitedOut } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { CopyProof } from '#shared/model/copy.ts'
import type { PendingLanding } from '#shared/model/transfer.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { evidenceOf } from './compare-remote.ts'
import { rememberDoubtful } from './doubtful.ts'
import { type LandedAnswer, OutcomeUnknown, type RemoteFile } from './ports.ts'
import type { Run } from './run.ts'
import { mayStillReplace } from './same-name.ts'
import { type Candidate, type LandingVerdict, verdictOn } from './settlement.ts'

/** Pauses before each look. A listing may lag behind the write, and a cut-off call may still be under way. */
const LOOK_PAUSES_MS = [0, 1_000, 3_000]

/** The pause before the one look after a refusal: nothing is under way then, but a listing may lag. */
const REFUSED_PAUSE_MS = 4_000

/** `created_time` has whole seconds, and clocks are not quite alike. */
const CLOCK_SLACK_MS = 3_000

/** A file that is up, and how that is known. */
export interface Landed extends LandedAnswer {
  readonly proof: CopyProof
}

type Found = Pick<RemoteFile, 'token' | 'url' | 'createdAtMs'>

type Judge = (files: readonly RemoteFile[]) => Promise<LandingVerdict>

/**
 * Settles whether the file is up.
 * @param unknown the failure that left it open; undefined: an earlier run did
 * @returns undefined when it certainly is not up
 * @throws TransferError when only a person can tell
 * @throws OutcomeUnknown when it can not be told yet, or the call has to wait before it is repeated
 */
export function settle(
  run: Run,
  pending: PendingLanding,
  unknown?: OutcomeUnknown,
): Promise<Landed | undefined> {
  return unknown?.wasAnswered
    ? settleRefused(run, pending, unknown)
    : settleLost(run, pending, unknown)
}

async function settleLost(
  run: Run,
  pending: PendingLanding,
  lost: OutcomeUnknown | undefined,
): Promise<Landed | undefined> {
  const { clock, store, targets } = run.tools
  const judge = judgeOf(run, pending)
  let unknown = lost
  let verdict: LandingVerdict = { kind: 'not-there' }
  for (const [look, pauseMs] of LOOK_PAUSES_MS.entries()) {
    if (pauseMs > 0) await clock.sleep(pauseMs, run.context.stopping)
    verdict = await judge(await targets.list(pending.point, run.context))
    if (verdict.kind === 'done') return verdict
    // The look comes before the second finish: nothing is known of what a second one does.
    if (look === 0 && pending.call === 'upload_finish') {
      const answer = await finishAgain(run)
      if (!(answer instanceof OutcomeUnknown) && answer !== undefined) return answer
      unknown = answer
    }
  }
  if (verdict.kind !== 'not-there') throw givenUp(run, pending, verdict)
  // The call may be under way still: it is looked for again in a while, before anything is repeated.
  if (unknown !== undefined) throw unknown
  store.dropLanding(run.transfer.id)
  return undefined
}

/**
 * Settles a call that was refused as one that may be made again, which does not say that nothing was done.
 * It may be one of many, so a look is shared by all that wait for one.
 */
async function settleRefused(
  run: Run,
  pending: PendingLanding,
  refusal: OutcomeUnknown,
): Promise<Landed | undefined> {
  const judge = judgeOf(run, pending)
  const isFinish = pending.call === 'upload_finish'
  let unknown = refusal
  let refusals = 1
  for (;;) {
    const verdict = await judge(await sharedLook(run, pending, unknown))
    if (verdict.kind === 'done') return verdict
    const isTemporary = isWaitedOut(unknown.error, refusals)
    // Even after a permanent refusal, a second finish may answer with the token.
    const isAskedAgain = isFinish && (isTemporary || unknown === refusal)
    const answer = isAskedAgain ? await finishAgain(run) : undefined
    if (answer instanceof OutcomeUnknown) {
      if (!answer.wasAnswered) return settleLost(run, pending, answer)
      refusals = answer.error.code === unknown.error.code ? refusals + 1 : 1
      unknown = answer
      continue
    }
    if (answer !== undefined) return answer
    if (verdict.kind !== 'not-there') throw givenUp(run, pending, verdict)
    run.tools.store.dropLanding(run.transfer.id)
    if (isAskedAgain) return undefined
    // The call had no effect, so a permanent refusal stands.
    throw isTemporary ? unknown : unknown.error
  }
}

/** Lists the folder some time after the refusal. Meanwhile the run needs no lane. */
async function sharedLook(
  { tools: { clock, targets }, context }: Run,
  { point }: PendingLanding,
  { error }: OutcomeUnknown,
): Promise<readonly RemoteFile[]> {
  const reason = lookUp(error).domain === 'quota' ? 'quota' : 'server'
  context.onHold({ ...pauseFrom(clock.nowMs(), REFUSED_PAUSE_MS), error, reason })
  const files = await targets.listSince(point, clock.steadyMs() + REFUSED_PAUSE_MS, context)
  context.onHold(null)
  return files
}

/** Judges what is in a folder by what is in the files that may be ours, each of them read once. */
function judgeOf(run: Run, pending: PendingLanding): Judge {
  const { copies, store } = run.tools
  const { fileName, handling } = run.transfer
  const { replaces } = pending.point
  const seen = new Map<string, Candidate>()
  const judged = async ({ token, url, createdAtMs }: Found): Promise<Candidate> => {
    const known = seen.get(token) ?? {
      token,
      ...(await evidenceOf(run, token, pending)),
      ...(url !== undefined && { url }),
      ...(createdAtMs !== undefined && { createdAtMs }),
    }
    seen.set(token, known)
    return known
  }
  // A person was asked about these, and wants the file to go up again.
  const asked = new Set(pending.asked?.tokens)
  return async (all) => {
    const files = all.filter((file) => couldBeOurs(file, fileName, pending))
    const tokens = files.map(({ token }) => token)
    // An uploaded file that is still being attached somewhere is known to the queue only.
    const claimed = new Set([...copies.known(tokens), ...store.ownTokens(tokens)])
    const candidates: Candidate[] = []
    for (const file of files) {
      if (claimed.has(file.token)) continue
      const candidate = await judged(file)
      const isAnswered = candidate.evidence === 'none' && asked.has(file.token)
      if (!isAnswered) candidates.push(candidate)
    }
    if (replaces !== undefined) {
      // Without evidence it is replaced once more, by the same content.
      const replaced = await judged({ token: replaces })
      if (replaced.evidence === 'bytes') candidates.push(replaced)
    }
    return verdictOn(candidates, handling.sameName)
  }
}

/**
 * No upload is repeated automatically: the possible copies are remembered and left alone. The landing
 * stays on disk, as a person may say that one of them is theirs.
 */
function givenUp(
  { tools: { store, memos }, transfer: { id, fileName: detail } }: Run,
  pending: PendingLanding,
  verdict: Extract<LandingVerdict, { kind: 'name-taken' | 'uncertain' }>,
): TransferError {
  store.dropTransaction(id)
  if (verdict.kind === 'name-taken') {
    store.dropLanding(id)
    return new TransferError('name-taken', { detail })
  }
  const tokens = verdict.candidates.map(({ token }) => token)
  rememberDoubtful(memos, pending.point, tokens)
  const asked = { tokens: [...(pending.asked?.tokens ?? []), ...tokens] }
  store.openLanding(id, { ...pending, asked })
  const missingScopes = new Set(verdict.candidates.flatMap((each) => each.missingScopes ?? []))
  return new TransferError('outcome-unknown', {
    detail,
    ...(missingScopes.size > 0 && { missingScopes: [...missingScopes] }),
    candidates: verdict.candidates.map(({ token: fileToken, url, createdAtMs }) => ({
      fileToken,
      ...(url !== undefined && { url }),
      ...(createdAtMs !== undefined && { createdAtMs }),
    })),
  })
}

function couldBeOurs(file: RemoteFile, fileName: string, pending: PendingLanding): boolean {
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

/** Checks whether a refusal says that the transaction is over, one way or the other. */
export function isTransactionOver(error: unknown): boolean {
  return error instanceof TransferError && means(error, 'transaction-over')
}
