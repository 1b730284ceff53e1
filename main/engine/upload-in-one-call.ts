import type { Fingerprint, UploadPoint } from '#shared/model/transfer.ts'
import { checksumOf } from './checksum.ts'
import { land } from './landing.ts'
import type { Run } from './run.ts'

/**
 * Sends a file of up to 20 MiB with `upload_all`, and completes the transfer.
 * @throws TransferError `source-changed` when the file changes meanwhile
 */
export async function uploadInOneCall(
  run: Run,
  point: UploadPoint,
  fingerprint: Fingerprint,
): Promise<void> {
  const { pool, sources, calls } = run.tools
  const { fileName } = run.transfer
  run.move({ kind: 'sending' })
  const lease = await pool.lease(fingerprint.sizeBytes, run.context.stopping)
  try {
    // Once in memory the bytes are of one version, whatever happens to the file while they travel.
    await sources.read(run.transfer, fingerprint, 0, lease.bytes)
    const body = {
      point,
      fileName,
      bytes: lease.bytes,
      checksum: await checksumOf(lease.bytes),
      onProgress: run.inFlight,
    }
    const landing = {
      call: 'upload_all' as const,
      point,
      fingerprint,
      checksums: [body.checksum],
      contentHash: null,
    }
    await land(run, landing, fingerprint.sizeBytes, () => calls.uploadAll(body, run.context))
  } finally {
    lease.release()
  }
}
