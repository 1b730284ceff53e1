/** Watched folders in every state, so that their screen can be looked at. */
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { RuleStanding, RuleView } from '#shared/contract/rule-channels.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import type { WatchState } from '#shared/model/watch-rule.ts'
import { placeNamed } from '#test/kit/place-name.ts'

export type StagedRule = RuleView & { standing: RuleStanding }

const FOLDERS = [
  ['/home/lin/工作', '宣传素材库'],
  ['/home/lin/照片/2026', 'Finance 2026'],
  ['/mnt/nas/projects/a-client-with-a-long-name/2026-11 deliverables (final)', '团队盘 / 归档'],
  ['/media/lin/USB-BACKUP/合同', '合同'],
  ['/srv/exports', 'Finance 2026'],
  ['/home/lin/Downloads/Recordings', '录音'],
  ['/media/lin/PHOTOS', '照片'],
  ['/home/lin/Desktop/交付', '合同'],
] as const

const STATES: readonly WatchState[] = [
  { kind: 'watching', files: 1_310, waiting: 2 },
  { kind: 'scanning', scanned: 8_400, expected: 21_000 },
  { kind: 'too-many-watches', setting: 'fs.inotify.max_user_watches' },
  { kind: 'root-missing' },
  { kind: 'no-permission', path: '/srv/exports/private' },
  { kind: 'paused' },
  { kind: 'checking', checked: 312, of: 40_000 },
  { kind: 'root-replaced', path: '/srv/elsewhere' },
]

export function makeRule(index: number, nowMs: number, account?: string | null): StagedRule {
  const [folder, label] = FOLDERS[index % FOLDERS.length] ?? FOLDERS[0]
  const state = STATES[index % STATES.length] ?? STATES[0]
  const isPaused = state?.kind === 'paused'
  return {
    id: `r${index}`,
    folder: index < FOLDERS.length ? folder : `${folder}-${index}`,
    account: account ?? null,
    destination: { kind: 'folder', folderToken: `fld${index}` },
    destinationText: `folder:fld${index}`,
    destinationName: placeNamed('folder', label),
    destinationLink: `https://example.feishu.cn/drive/folder/fld${index}`,
    enabled: !isPaused,
    recursive: true,
    include: index === 1 ? ['*.jpg', '*.heic'] : [],
    exclude: [...DEFAULT_EXCLUDES],
    initialFiles: 'upload',
    subfolders: 'mirror',
    onChange: 'upload-again',
    onVanished: 'tell',
    dedupe: false,
    minimumBytes: 1,
    maximumBytes: null,
    settleMs: 2_000,
    followLinks: false,
    allowSensitive: false,
    overflowFolders: false,
    follow: index === 6,
    shareWith: null,
    noticing: 'events',
    createdAtMs: nowMs - 86_400_000,
    standing: {
      state: state ?? { kind: 'paused' },
      counts: {
        up: 1_204 * ((index % 6) + 1),
        queued: index % 3 === 0 ? 96 : 0,
        waiting: index % 6 === 0 ? 2 : 0,
        failed: index % 6 === 1 ? 3 : 0,
        notNeeded: index % 6 === 2 ? 40 : 0,
        leftOut: 106,
      },
      follow: index === 6 ? { pending: 3, stop: 'limit' } : null,
      lastChangeAtMs: isPaused ? null : nowMs - (index + 1) * 420_000,
    },
  }
}

const LEFT_OUT: RequestOutput<'rules.preview'>['leftOut'] = [
  { path: '.git', isFolder: true, why: { kind: 'excluded', pattern: '.git' } },
  { path: '2026/~$预算.xlsx', isFolder: false, why: { kind: 'excluded', pattern: '~$*' } },
  { path: '2026/空白.txt', isFolder: false, why: { kind: 'empty' } },
  {
    path: 'raw/camera-b/clip-0012.mov',
    isFolder: false,
    why: { kind: 'too-large', sizeBytes: 9e9 },
  },
  { path: 'shortcuts/latest', isFolder: false, why: { kind: 'link' } },
]

/** A preview that is quick: everything but a handful of files matches. */
const CHOSEN = Array.from({ length: 120 }, (_, index) => ({
  path: `2026/11/IMG_${1_000 + index}.jpg`,
  sizeBytes: 4_000_000 + index,
}))

export function stagedPreview(
  offset: number,
  limit: number,
  isNarrow: boolean,
): RequestOutput<'rules.preview'> {
  return {
    progress: 'complete',
    files: isNarrow ? 212 : 1_204,
    bytes: isNarrow ? 3e9 : 62e9,
    leftOutFiles: isNarrow ? 1_098 : 106,
    leftOutFolders: 1,
    sensitiveFiles: 0,
    sensitive: [],
    leftOut: LEFT_OUT.slice(offset, offset + limit),
    listed: LEFT_OUT.length,
    chosen: CHOSEN.slice(offset, offset + limit),
    listedChosen: CHOSEN.length,
  }
}
