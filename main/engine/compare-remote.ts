/** The check whether a file in Feishu holds what we have sent. */
import { createHash } from 'node:crypto'
import { contentHashOfLeaves, LEAF_BYTES } from '#main/lib/content-hash.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { PendingLanding } from '#shared/model/transfer.ts'
import type { Calls } from './calls.ts'
import type { CallContext } from './ports.ts'
import type { Run } from './run.ts'
import type { Candidate } from './settlement.ts'

type Found = Pick<Candidate, 'evidence' | 'missingScopes'>

/** The way to read what Feishu holds. */
export interface RemoteSource {
  readonly calls: Pick<Calls, 'readFile'>
  readonly context: CallContext
}

type Sent = Pick<PendingLanding, 'contentHash' | 'fingerprint'>

/** Policies of errors that a later try would answer differently, so nothing is concluded now. */
const NOT_NOW = new Set(['backoff', 'wait-rate-limit', 'refresh-token', 'block-account'])

/**
 * Compares all bytes, a leaf of the content hash at a time; a file of another size is told by its first
 * call. Without the right to download there is no evidence, and it is said which right that is.
 * @throws TransferError when it can not be told now
 */
export async function evidenceOf(run: Run, fileToken: string, sent: Sent): Promise<Found> {
  if (sent.contentHash === null) return { evidence: 'none' }
  const source = { calls: run.tools.calls, context: run.context }
  try {
    const hash = await remoteContentHash(source, fileToken, sent.fingerprint.sizeBytes)
    return { evidence: hash === sent.contentHash ? 'bytes' : 'other' }
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    const { missingScopes = [] } = error.context
    if (missingScopes.length > 0) return { evidence: 'none', missingScopes }
    if (NOT_NOW.has(lookUp(error).policy)) throw error
    return { evidence: 'none' }
  }
}

/**
 * The content hash of a file in Feishu, a call for each leaf; undefined when it has another size.
 * @throws TransferError when it can not be read, the right to download being one reason
 */
export async function remoteContentHash(
  source: RemoteSource,
  fileToken: string,
  sizeBytes: number,
): Promise<string | undefined> {
  const leaves = leavesOf(sizeBytes)
  const last = await remoteLeaf(source, fileToken, sizeBytes, leaves - 1)
  if (last === undefined) return undefined
  const hashes: string[] = []
  for (let leaf = 0; leaf < leaves - 1; leaf++) {
    const hash = await remoteLeaf(source, fileToken, sizeBytes, leaf)
    if (hash === undefined) return undefined
    hashes.push(hash)
  }
  return contentHashOfLeaves([...hashes, last])
}

/**
 * The SHA-256 of one leaf of a file in Feishu, in hex; undefined when the file has another size, as far
 * as this leaf shows: the last one tells for certain.
 * @throws TransferError when it can not be read
 */
export async function remoteLeaf(
  { calls, context }: RemoteSource,
  fileToken: string,
  sizeBytes: number,
  leaf: number,
): Promise<string | undefined> {
  const start = leaf * LEAF_BYTES
  const length = Math.min(LEAF_BYTES, sizeBytes - start)
  // One byte more than there should be, so that the answer shows the end.
  const more = leaf === leavesOf(sizeBytes) - 1 ? 1 : 0
  const bytes = await calls.readFile({ fileToken, start, sizeBytes: length + more }, context)
  if (bytes.byteLength !== length) return undefined
  return createHash('sha256').update(bytes).digest('hex')
}

/** The leaves of a file of so many bytes. */
export function leavesOf(sizeBytes: number): number {
  return Math.ceil(sizeBytes / LEAF_BYTES)
}
