import { LEAF_BYTES } from '#main/lib/content-hash.ts'
import type { Fingerprint, UploadPoint } from '#shared/model/transfer.ts'
import { land } from './landing.ts'
import type { Run } from './run.ts'
import { confirmSent } from './verify-source.ts'

/**
 * Sends a file of up to 20 MiB with `upload_all`, and completes the transfer.
 * @throws TransferError `source-changed` when the file changes meanwhile
 */
export async function uploadInOneCall(
  run: Run,
  point: UploadPoint,
  fingerprint: Fingerprint,
): Promise<void> {
  const { pool, sources, sumsOf, calls } = run.tools
  const { fileName } = run.transfer
  run.move({ kind: 'sending' })
  const lease = await pool.lease(fingerprint.sizeBytes, run.context.stopping)
  try {
    // Once in memory the bytes are of one version, whatever happens to the file while they travel.
    await sources.read(run.transfer, fingerprint, 0, lease.bytes)
    const { checksum, sha256s } = await sumsOf(lease.bytes, LEAF_BYTES)
    const version = { sources, file: run.transfer, fingerprint }
    const sent = { blockSizeBytes: LEAF_BYTES, sha256s }
    const contentHash = await confirmSent(version, sent, run.context.stopping)
    const body = { point, fileName, bytes: lease.bytes, checksum, onProgress: run.inFlight }
    const landing = {
      call: 'upload_all' as const,
      point,
      fingerprint,
      checksums: [checksum],
      contentHash,
    }
    await land(run, landing, fingerprint.sizeBytes, () => calls.uploadAll(body, run.context))
  } finally {
    lease.release()
  }
}
