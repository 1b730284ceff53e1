import type { Fingerprint, TransferState } from '#shared/model/transfer.ts'
import { changeHome } from './home.ts'

const CHUNK = 5_000
const FOLDERS = ['报告', '照片', '合同', 'Marketing', 'backup']
const FINGERPRINT: Fingerprint = { dev: '1', ino: '1', sizeBytes: 3_000_000, mtimeNs: '1' }

/**
 * A home with a long history: `count` transfers that are done or paused, so that an engine finds nothing to do.
 * Every second is done, as a person's queue is after a while.
 */
export function fillQueue(home: string, count: number): void {
  const nowMs = Date.now()
  changeHome(home, ({ transfers, controls }) => {
    for (let start = 0; start < count; start += CHUNK) {
      const size = Math.min(CHUNK, count - start)
      const items = Array.from({ length: size }, (_, step) => transferAt(start + step))
      const ids = transfers.enqueue(items, 'long-queue', nowMs).map(({ id }) => id)
      let number = start
      controls.moveStates(ids, nowMs, () => stateAt(number++, nowMs))
    }
  })
}

function transferAt(index: number) {
  const folder = FOLDERS[index % FOLDERS.length] ?? ''
  const fileName = `${folder}-2026-${String(index).padStart(6, '0')}.pdf`
  return {
    path: `/home/lin/${folder}/${index % 97}/${fileName}`,
    fileName,
    destination: { kind: 'folder', folderToken: 'fldcnLongQueue' } as const,
    remoteFolders: [folder],
    sizeBytes: FINGERPRINT.sizeBytes,
    fingerprint: FINGERPRINT,
  }
}

function stateAt(index: number, nowMs: number): TransferState {
  if (index % 2 === 0) return { kind: 'paused' }
  return { kind: 'done', fileToken: `boxcn${index}`, finishedAtMs: nowMs - index * 1_000 }
}
