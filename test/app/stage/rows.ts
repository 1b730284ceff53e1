/** A queue of any length in which every state occurs, so that screens can be looked at and measured. */
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { TransferState, WaitReason } from '#shared/model/transfer.ts'
import { startOfDay } from '#shared/text/format.ts'
import { placeNamed } from '#test/kit/place-name.ts'

const MiB = 1024 * 1024

const NAMES = [
  ['校园宣传片_final.mp4', '/视频/2026', 2_150 * MiB],
  ['合同-2026-11.pdf', '/法务/合同', 3 * MiB],
  ['Q3 财务报表.xlsx', '/财务/季度', 640 * 1024],
  ['product-launch-keynote.pptx', '/Marketing/Launch', 84 * MiB],
  ['IMG_20261103_184512.heic', '/照片/团建', 4.2 * MiB],
  ['访谈录音-张教授.m4a', '/录音', 96 * MiB],
  ['design-tokens.json', '/src/ui', 18 * 1024],
  ['backup-2026-11-20.tar.gz', '/srv/backup', 5_400 * MiB],
  ['会议纪要.docx', '/文档/会议', 220 * 1024],
  [
    'a-very-long-file-name-that-never-seems-to-end-because-somebody-described-everything-in-it.mov',
    '/video/raw/camera-b',
    780 * MiB,
  ],
] as const

const PLACES = [['宣传素材库'], ['合同'], ['Finance 2026'], ['团队盘', '归档']]

export function makeRow(index: number, nowMs: number): TransferRow {
  const [name, folder, size] = NAMES[index % NAMES.length] ?? NAMES[0]
  const state = stateOf(index, nowMs)
  const fileName = index < NAMES.length ? name : name.replace(/(\.[a-z.]+)$/, `-${index}$1`)
  const sizeBytes = Math.round(size)
  const share = shareOf(state, index)
  const isDone = state.kind === 'done'
  const sentBytes = Math.round(sizeBytes * share)
  const inFlightBytes =
    state.kind === 'sending' ? Math.min(2 * MiB, Math.round(sizeBytes * 0.02)) : 0
  const speed = 3.1 * MiB * (1 + (index % 3))
  return {
    id: `t${index}`,
    path: `/home/lin${folder}/${fileName}`,
    fileName,
    destination:
      state.kind === 'attaching'
        ? { kind: 'base', appToken: 'bascn1', tableId: 'tbl1', field: 'fld1' }
        : { kind: 'folder', folderToken: `fld${index % PLACES.length}` },
    destinationName: placeNamed('folder', ...(PLACES[index % PLACES.length] ?? [])),
    remoteFolders: index % 5 === 0 ? ['2026'] : [],
    sizeBytes,
    sentBytes,
    inFlightBytes,
    movedBytes: sentBytes + inFlightBytes,
    doneAtMs: state.kind === 'sending' ? nowMs + ((sizeBytes - sentBytes) / speed) * 1_000 : null,
    bytesPerSecond: state.kind === 'sending' ? speed : 0,
    queuedAtMs: nowMs - 3_600_000,
    state,
    ...plannedOf(index, nowMs),
    link: isDone ? `https://example.feishu.cn/file/box${index}` : null,
  }
}

function shareOf(state: TransferState, index: number): number {
  if (state.kind === 'done' || state.kind === 'attaching') return 1
  if (state.kind === 'finishing') return 0.999
  return ['sending', 'paused', 'failed'].includes(state.kind) ? 0.2 + ((index * 37) % 60) / 100 : 0
}

const FIRST: readonly ((nowMs: number) => TransferState)[] = [
  () => ({ kind: 'sending' }),
  () => ({ kind: 'finishing' }),
  () => ({ kind: 'preparing' }),
  () => ({ kind: 'sending' }),
  (nowMs) => waiting('rate-limit', nowMs + 4_000, nowMs),
  (nowMs) => waiting('file-busy', nowMs + 20_000, nowMs),
  () => ({ kind: 'paused' }),
  (nowMs) => ({
    kind: 'blocked',
    error: { code: 1061004, atMs: nowMs, logId: '20261123170501ABCDEF0123456789' },
  }),
  (nowMs) => ({ kind: 'failed', error: { code: 'source-changed', atMs: nowMs } }),
  (nowMs) => ({ kind: 'skipped', error: { code: 'already-uploaded', atMs: nowMs } }),
  (nowMs) => waiting('quota', nowMs + 6 * 3_600_000, nowMs),
  () => ({ kind: 'cancelled' }),
  (nowMs) => ({
    kind: 'blocked',
    error: { code: 99991672, atMs: nowMs, missingScopes: ['drive:drive', 'drive:file:upload'] },
  }),
  (nowMs) => ({ kind: 'done', fileToken: 'boxcn123', finishedAtMs: nowMs - 60_000 }),
  () => ({ kind: 'attaching', fileToken: 'boxcn124' }),
]

function stateOf(index: number, nowMs: number): TransferState {
  const first = FIRST[index]
  if (first !== undefined) return first(nowMs)
  if (index % 11 === 0) {
    return { kind: 'done', fileToken: `boxcn${index}`, finishedAtMs: nowMs - index * 60_000 }
  }
  return { kind: 'queued' }
}

/** Two waiting rows have a later day. */
function plannedOf(index: number, nowMs: number): Pick<TransferRow, 'planned'> {
  const tomorrowMs = startOfDay(startOfDay(nowMs) + 36 * 3_600_000)
  if (index === 16) {
    return { planned: { fromMs: tomorrowMs, because: 'calls', orLater: false } }
  }
  if (index !== 17) return {}
  const laterMs = startOfDay(tomorrowMs + 60 * 3_600_000)
  return { planned: { fromMs: laterMs, because: 'time', orLater: true } }
}

function waiting(reason: WaitReason, untilMs: number, nowMs: number): TransferState {
  const code = {
    'rate-limit': 99991400,
    quota: 'daily-quota-used',
    'file-busy': 'source-busy',
  } as const
  const known = reason as keyof typeof code
  return { kind: 'waiting', reason, untilMs, error: { code: code[known], atMs: nowMs } }
}
