/** The check whether a file in Feishu holds what we have sent. */
import { createHash } from 'node:crypto'
import { contentHashOfLeaves, LEAF_BYTES } from '#main/lib/content-hash.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { PendingLanding } from '#shared/model/transfer.ts'
import type { Run } from './run.ts'
import type { Candidate } from './settlement.ts'

type Found = Pick<Candidate, 'evidence' | 'missingScopes'>
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
  try {
    const hash = await remoteContentHash(run, fileToken, sent.fingerprint.sizeBytes)
    return { evidence: hash === sent.contentHash ? 'bytes' : 'other' }
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    const { missingScopes = [] } = error.context
    if (missingScopes.length > 0) return { evidence: 'none', missingScopes }
    if (NOT_NOW.has(lookUp(error).policy)) throw error
    return { evidence: 'none' }
  }
}

/** Undefined when it has another size. */
async function remoteContentHash(
  { tools: { calls }, context }: Pick<Run, 'tools' | 'context'>,
  fileToken: string,
  sizeBytes: number,
): Promise<string | undefined> {
  const leaves = Math.ceil(sizeBytes / LEAF_BYTES)
  const read = (leaf: number, more: number) => {
    const start = leaf * LEAF_BYTES
    const length = Math.min(LEAF_BYTES, sizeBytes - start) + more
    return calls.readFile({ fileToken, start, sizeBytes: length }, context)
  }
  // One byte more than there should be: its end is in the first answer.
  const last = await read(leaves - 1, 1)
  if (last.byteLength !== sizeBytes - (leaves - 1) * LEAF_BYTES) return undefined
  const hashes: string[] = []
  for (let leaf = 0; leaf < leaves - 1; leaf++) hashes.push(sha256(await read(leaf, 0)))
  return contentHashOfLeaves([...hashes, sha256(last)])
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
