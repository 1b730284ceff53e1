/** The check whether Feishu still holds what was uploaded: its metadata, and its bytes. */

import type { Calls } from '#main/engine/calls.ts'
import {
  leavesOf,
  type RemoteSource,
  remoteContentHash,
  remoteLeaf,
} from '#main/engine/compare-remote.ts'
import type { CallContext } from '#main/engine/ports.ts'
import type { SourceFile, SourceReader } from '#main/engine/source.ts'
import type { Clock } from '#main/lib/clock.ts'
import { BlockHasher, LEAF_BYTES } from '#main/lib/content-hash.ts'
import { means } from '#shared/errors/meaning.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { DestinationKind, Fingerprint } from '#shared/model/transfer.ts'
import type { BytesCheck, RemoteCheck } from '#shared/model/verification.ts'
import type { DocumentCalls } from './document-calls.ts'
import { FIRST } from './side-calls.ts'

export interface VerifyTools {
  readonly calls: Pick<Calls, 'readFile' | 'serverNowMs'>
  readonly documents: Pick<DocumentCalls, 'meta'>
  readonly sources: SourceReader
  readonly clock: Pick<Clock, 'nowMs'>
}

/** The local file, which has the content that was uploaded. */
export interface SameLocal {
  readonly file: SourceFile
  readonly fingerprint: Fingerprint
}

/** Places where an upload is a file of its own. */
const FILE_PLACES: ReadonlySet<DestinationKind> = new Set(['folder', 'page', 'file'])

/** A file is in Feishu a moment before its upload is noted here, and Feishu counts whole seconds. */
const NOTED_LATER_MS = 60_000

/**
 * Asks Feishu about a copy: one call.
 * @param signal ends the question
 */
export async function checkRemote(
  { documents, calls, clock }: VerifyTools,
  { destination, fileToken, document, landedAtMs }: Copy,
  signal: AbortSignal,
): Promise<RemoteCheck> {
  // 获取文件元数据 knows files and documents, not what is embedded in one.
  if (document === null && !FILE_PLACES.has(destination.kind)) return { verdict: 'unknown' }
  try {
    const at = { token: fileToken, type: document ?? ('file' as const) }
    const meta = await withoutWaiting(clock, signal, (context) => documents.meta(at, context))
    if (meta === undefined) return { verdict: 'missing' }
    const { modifiedAtMs } = meta
    if (modifiedAtMs === undefined) return { verdict: 'there' }
    const serverAheadMs = calls.serverNowMs() - clock.nowMs()
    const isLater = modifiedAtMs > landedAtMs + serverAheadMs + NOTED_LATER_MS
    return { verdict: isLater ? 'modified' : 'there', modifiedAtMs }
  } catch (thrown) {
    const error = asked(thrown, signal)
    if (means(error, 'not-there')) return { verdict: 'missing' }
    return { verdict: 'unknown', error: errorInfo(error, clock.nowMs()) }
  }
}

/**
 * Downloads a copy and compares it with what was uploaded, a leaf of the content hash per call. With
 * fewer calls than leaves, a sample is compared with the local file: the first, the last and others
 * evenly between them.
 * @param local undefined when the local file is not what was uploaded; then all is compared, or nothing
 */
export async function checkBytes(
  tools: VerifyTools,
  { destination, fileToken, contentHash, document, fingerprint: { sizeBytes } }: Copy,
  { mostCalls, local }: { readonly mostCalls: number; readonly local: SameLocal | undefined },
  signal: AbortSignal,
): Promise<BytesCheck> {
  const pieces = leavesOf(sizeBytes)
  const nothing = { verdict: 'unknown', compared: 0, pieces } as const
  // A document holds other bytes than the file it was made of.
  if (document !== null || !FILE_PLACES.has(destination.kind)) return nothing
  if (contentHash === null || pieces === 0) return nothing
  const isWhole = pieces <= mostCalls
  if (!isWhole && (local === undefined || mostCalls < 1)) return nothing
  try {
    return await withoutWaiting(tools.clock, signal, async (context) => {
      const source = { calls: tools.calls, context }
      if (isWhole || local === undefined) {
        const hash = await remoteContentHash(source, fileToken, sizeBytes)
        return { verdict: hash === contentHash ? 'same' : 'different', compared: pieces, pieces }
      }
      return compareSample(
        source,
        { fileToken, sizeBytes, leaves: sampleOf(pieces, mostCalls) },
        (leaf) => localLeaf(tools.sources, local, leaf, signal),
      )
    })
  } catch (thrown) {
    return { ...nothing, error: errorInfo(asked(thrown, signal), tools.clock.nowMs()) }
  }
}

interface Sample {
  readonly fileToken: string
  readonly sizeBytes: number
  readonly leaves: readonly number[]
}

/** Stops at the first leaf that differs. */
async function compareSample(
  source: RemoteSource,
  { fileToken, sizeBytes, leaves }: Sample,
  localHash: (leaf: number) => Promise<string | undefined>,
): Promise<BytesCheck> {
  const pieces = leavesOf(sizeBytes)
  for (const [index, leaf] of leaves.entries()) {
    const remote = await remoteLeaf(source, fileToken, sizeBytes, leaf)
    if (remote === undefined || remote !== (await localHash(leaf))) {
      return { verdict: 'different', compared: index + 1, pieces }
    }
  }
  return { verdict: 'same', compared: leaves.length, pieces }
}

/** The last one first, because it tells the size; then the others in order. */
function sampleOf(pieces: number, count: number): number[] {
  const steps = Math.max(1, count - 1)
  const others = Array.from({ length: count - 1 }, (_, index) =>
    Math.floor((index * (pieces - 1)) / steps),
  )
  return [pieces - 1, ...others]
}

/** @throws TransferError `source-changed` when the file is no longer the version that was compared */
async function localLeaf(
  sources: SourceReader,
  { file, fingerprint }: SameLocal,
  leaf: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  signal.throwIfAborted()
  const start = leaf * LEAF_BYTES
  const bytes = new Uint8Array(Math.min(LEAF_BYTES, fingerprint.sizeBytes - start))
  await sources.read(file, fingerprint, start, bytes)
  const hasher = new BlockHasher(LEAF_BYTES)
  hasher.update(bytes)
  return hasher.end()[0]
}

/** A longer hold than this is the answer: a person is waiting. */
const LONGEST_HOLD_MS = 30_000

/** Makes calls one after another, so that uploads keep all lanes but one. They are given up where an upload would wait for long. */
async function withoutWaiting<T>(
  clock: VerifyTools['clock'],
  signal: AbortSignal,
  work: (context: CallContext) => Promise<T>,
): Promise<T> {
  const held = new AbortController()
  const either = AbortSignal.any([signal, held.signal])
  return work({
    rank: FIRST,
    stopping: either,
    aborted: either,
    onHold(hold) {
      if (hold === null) return
      if (hold.reason === 'network' || hold.untilMs - clock.nowMs() > LONGEST_HOLD_MS) {
        held.abort(hold.error)
      }
    },
  })
}

/** @throws the signal's reason when the question was withdrawn */
function asked(thrown: unknown, signal: AbortSignal): TransferError {
  signal.throwIfAborted()
  if (thrown instanceof TransferError) return thrown
  throw thrown
}
