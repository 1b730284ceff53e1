import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { NewTransfer } from '#main/engine/ports.ts'
import type { DatabaseOptions } from '#main/store/database.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint, PendingLanding, UploadTransaction } from '#shared/model/transfer.ts'

export const MiB = 1024 * 1024

/** An empty folder that is gone when the test is over. */
export function makeTempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Stores in a folder of their own (or the given one), closed when the test is over. */
export function openTempStores(home = makeTempFolder(), options: DatabaseOptions = {}): Stores {
  const stores = openStores(home, options)
  onTestFinished(() => {
    try {
      stores.close()
    } catch {
      // The test closed them itself.
    }
  })
  return stores
}

/** The code `work` fails with. */
export function codeThrownBy(work: () => unknown): unknown {
  return errorThrownBy(work).code
}

export function errorThrownBy(work: () => unknown): TransferError {
  try {
    work()
  } catch (error) {
    if (error instanceof TransferError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

export function aFingerprint(more: Partial<Fingerprint> = {}): Fingerprint {
  return {
    ctimeNs: '1',
    ino: '9223372036854775808',
    sizeBytes: 10 * MiB,
    mtimeNs: '1763884800123456789',
    ...more,
  }
}

export function aNewTransfer(name: string, more: Partial<NewTransfer> = {}): NewTransfer {
  return {
    path: `/home/li/报告/${name}`,
    fileName: name,
    destination: { kind: 'folder', folderToken: 'fldcnRoot' },
    remoteFolders: [],
    sizeBytes: 10 * MiB,
    fingerprint: aFingerprint(),
    ...more,
  }
}

export function enqueueOne({ transfers }: Stores, name = 'a.bin', batchId = 'b1') {
  const [transfer] = transfers.enqueue([aNewTransfer(name)], batchId, 100)
  if (transfer === undefined) throw new Error('nothing was queued')
  return transfer
}

export function aTransaction(more: Partial<UploadTransaction> = {}): UploadTransaction {
  return {
    uploadId: '7309853459834958345',
    identity: 'cli_a1b2/tenant',
    point: { family: 'files', parentType: 'explorer', parentNode: 'fldcnRoot' },
    blockSizeBytes: 4 * MiB,
    blockCount: 3,
    fingerprint: aFingerprint(),
    preparedAtMs: 1_000,
    expiresAtMs: 86_401_000,
    ...more,
  }
}

export function aLanding(more: Partial<PendingLanding> = {}): PendingLanding {
  return {
    call: 'upload_finish',
    point: { family: 'files', parentType: 'explorer', parentNode: 'fldcnRoot' },
    fingerprint: aFingerprint(),
    checksums: [0, 1, 4_294_967_295],
    contentHash: 'ef'.repeat(32),
    startedAtServerMs: 5_000.5,
    tokensBefore: ['boxcnOld'],
    ...more,
  }
}

export function aPart(
  seq: number,
  more: { sizeBytes?: number; checksum?: number; sha256?: null } = {},
) {
  return {
    seq,
    sizeBytes: 4 * MiB,
    checksum: 4_294_967_295 - seq,
    sha256: 'ab'.repeat(32),
    acknowledgedAtMs: 2_000,
    ...more,
  }
}

export function aResult(fileToken: string, finishedAtMs: number) {
  return {
    fileToken,
    fingerprint: aFingerprint(),
    blockSizeBytes: 4 * MiB,
    checksums: [1, 2, 4_294_967_295],
    contentHash: 'cd'.repeat(32),
    proof: 'answer' as const,
    finishedAtMs,
    landedAtServerMs: finishedAtMs,
  }
}

export const anError = { code: 1061045, detail: 'busy', missingScopes: ['drive:file'], atMs: 7 }
