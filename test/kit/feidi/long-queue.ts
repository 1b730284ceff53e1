import type { NewTransfer } from '#main/engine/ports.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { changeHome } from './home.ts'

const CHUNK = 5_000
const FOLDERS = ['报告', '照片', '合同', 'Marketing', 'backup']
const FINGERPRINT: Fingerprint = { ctimeNs: '1', ino: '1', sizeBytes: 3_000_000, mtimeNs: '1' }

/** Every tenth is paused, the others were skipped: an engine finds nothing to do. */
const PAUSED_EVERY = 10

/** A home with a long queue, for hosts and pages that have to live with it. */
export function fillQueue(home: string, count: number): void {
  const nowMs = Date.now()
  changeHome(home, ({ transfers, controls }) => {
    for (let start = 0; start < count; start += CHUNK) {
      const size = Math.min(CHUNK, count - start)
      const items = Array.from({ length: size }, (_, step) => transferAt(start + step, nowMs))
      const queued = transfers.enqueue(items, 'long-queue', nowMs)
      const open = queued.filter(({ state }) => state.kind === 'queued').map(({ id }) => id)
      controls.moveStates(open, nowMs, () => ({ kind: 'paused' }))
    }
  })
}

function transferAt(index: number, nowMs: number): NewTransfer {
  const folder = FOLDERS[index % FOLDERS.length] ?? ''
  const fileName = `${folder}-2026-${String(index).padStart(6, '0')}.pdf`
  return {
    path: `/home/lin/${folder}/${index % 97}/${fileName}`,
    fileName,
    destination: { kind: 'folder', folderToken: 'fldcnLongQueue' },
    remoteFolders: [folder],
    sizeBytes: FINGERPRINT.sizeBytes,
    fingerprint: FINGERPRINT,
    ...(index % PAUSED_EVERY > 0 && {
      state: { kind: 'skipped', error: { code: 'already-uploaded', atMs: nowMs } } as const,
    }),
  }
}
