import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openStores } from '#main/store/open-stores.ts'
import type { TransferStore } from '#main/store/transfer-store.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { type Benchmark, below } from '../figure.ts'
import { BLOCK_BYTES, withFolder } from '../kit/files.ts'
import { median } from '../kit/statistics.ts'

const FEW = 100
const MANY = 100_000
const CHUNK = 5_000

/** One part acknowledged on disk, with a short queue and with a long one. */
export const acknowledgement: Benchmark = {
  name: 'acknowledgement',
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const parts = quick ? 200 : 1_000
      const few = openQueue(join(folder, 'few'), FEW, parts)
      const many = openQueue(join(folder, 'many'), MANY, parts)
      const costs = { few: [] as number[], many: [] as number[] }
      // In turn, so that the disk's moods meet both; and each as often first, because a sync of one
      // file also writes what the file system's journal holds of the other.
      for (let seq = 0; seq < parts; seq++) {
        if (seq % 2 === 0) costs.few.push(few.acknowledge(seq))
        costs.many.push(many.acknowledge(seq))
        if (seq % 2 === 1) costs.few.push(few.acknowledge(seq))
      }
      few.close()
      many.close()
      const ratio = median(costs.many) / median(costs.few)
      return [
        {
          name: `one acknowledged part, ${MANY.toLocaleString('en')} files queued (median of ${parts})`,
          measured: `${median(costs.many).toFixed(2)} ms`,
          baseline: `${median(costs.few).toFixed(2)} ms with ${FEW}`,
          ratio,
          goal: below(ratio, 1.5),
        },
      ]
    }),
}

function openQueue(home: string, queued: number, parts: number) {
  mkdirSync(home)
  const stores = openStores(home)
  const { transfers } = stores
  const id = fill(transfers, queued, parts)
  return {
    /** Returns what it took, ms. */
    acknowledge(seq: number): number {
      const startedAtMs = performance.now()
      transfers.acknowledgePart(id, {
        seq,
        sizeBytes: BLOCK_BYTES,
        checksum: seq,
        sha256: 'ab'.repeat(32),
        acknowledgedAtMs: Date.now(),
      })
      return performance.now() - startedAtMs
    },
    close: () => stores.close(),
  }
}

/** Queues the files and opens a transaction for the one in the middle, which is returned. */
function fill(transfers: TransferStore, queued: number, parts: number): string {
  const fingerprint: Fingerprint = {
    ctimeNs: '1',
    ino: '1',
    sizeBytes: parts * BLOCK_BYTES,
    mtimeNs: '1763884800123456789',
  }
  const items = Array.from({ length: queued }, (_, index) => ({
    path: `/home/li/报告/2025/file-${index}.pdf`,
    fileName: `file-${index}.pdf`,
    destination: { kind: 'folder', folderToken: 'fldcnBench' } as const,
    remoteFolders: ['报告', '2025'],
    sizeBytes: fingerprint.sizeBytes,
    fingerprint,
  }))
  const ids: string[] = []
  for (let start = 0; start < queued; start += CHUNK) {
    const chunk = items.slice(start, start + CHUNK)
    ids.push(...transfers.enqueue(chunk, 'bench', Date.now()).map(({ id }) => id))
  }
  const id = ids[Math.floor(ids.length / 2)] ?? ''
  transfers.openTransaction(id, {
    uploadId: '7309853459834958345',
    identity: 'app:bench@localhost',
    point: { family: 'files', parentType: 'explorer', parentNode: 'fldcnBench' },
    blockSizeBytes: BLOCK_BYTES,
    blockCount: parts,
    fingerprint,
    preparedAtMs: Date.now(),
    expiresAtMs: Date.now() + 23 * 3_600_000,
  })
  return id
}
