/** The check of uploads against what was noted when they finished. */
import {
  checkBytes,
  checkRemote,
  type SameLocal,
  type VerifyTools,
} from '#main/destination/compare-copy.ts'
import { leavesOf } from '#main/engine/compare-remote.ts'
import type { SourceReader } from '#main/engine/source.ts'
import { contentHashOf } from '#main/engine/verify-source.ts'
import { systemClock } from '#main/lib/clock.ts'
import { means } from '#shared/errors/meaning.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { LocalCheck, Verification } from '#shared/model/verification.ts'

export interface VerifyWishes {
  /** Ask Feishu whether the file is still there, and unchanged. */
  readonly remote: boolean
  /** Download and compare, with so many calls at most; undefined: do not. */
  readonly mostCalls?: number | undefined
}

/** The means of a check. */
export interface VerifyMeans {
  readonly sources: SourceReader
  /** The way to Feishu as the account that uploaded the copy. Rejects with the reason why there is none. */
  verifying(identity: string): Promise<VerifyTools>
}

/** Verifies one upload: the local file always, Feishu as wished. */
export async function verifyCopy(
  copy: Copy,
  { sources, verifying }: VerifyMeans,
  { remote, mostCalls }: VerifyWishes,
  signal: AbortSignal,
): Promise<Verification> {
  const { check: local, same } = await checkLocal(copy, sources, signal)
  if (!remote && mostCalls === undefined) return { local }
  const pieces = leavesOf(copy.fingerprint.sizeBytes)
  try {
    const tools = await verifying(copy.identity)
    const looked = remote ? { remote: await checkRemote(tools, copy, signal) } : {}
    if (mostCalls === undefined) return { local, ...looked }
    return {
      local,
      ...looked,
      bytes: await checkBytes(tools, copy, { mostCalls, local: same }, signal),
    }
  } catch (thrown) {
    signal.throwIfAborted()
    if (!(thrown instanceof TransferError)) throw thrown
    const error = errorInfo(thrown, systemClock.nowMs())
    return {
      local,
      ...(remote && { remote: { verdict: 'unknown', error } }),
      ...(mostCalls !== undefined && { bytes: { verdict: 'unknown', compared: 0, pieces, error } }),
    }
  }
}

interface LocalResult {
  readonly check: LocalCheck
  readonly same?: SameLocal
}

/** Reads the whole file, because times prove nothing. */
async function checkLocal(
  { path, contentHash, fingerprint: uploaded }: Copy,
  sources: SourceReader,
  signal: AbortSignal,
): Promise<LocalResult> {
  const file = { path }
  try {
    const fingerprint = await sources.inspect(file)
    if (fingerprint.sizeBytes !== uploaded.sizeBytes) return { check: { verdict: 'changed' } }
    if (contentHash === null) return { check: { verdict: 'not-comparable' } }
    const isSame = (await contentHashOf({ sources, file, fingerprint }, signal)) === contentHash
    return isSame
      ? { check: { verdict: 'same' }, same: { file, fingerprint } }
      : { check: { verdict: 'changed' } }
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    if (means(error, 'source-gone')) return { check: { verdict: 'missing' } }
    return {
      check: { verdict: 'unreadable', error: errorInfo(error, systemClock.nowMs()) },
    }
  }
}
