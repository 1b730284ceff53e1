/** A drive to choose a destination from: a few folders, one with thousands, one that is locked, and wikis. */
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import type { PlaceRef } from '#shared/model/place-ref.ts'
import { placeNamed } from '#test/kit/place-name.ts'

type Listed = RequestOutput<'places.list'>
type Entry = Listed['entries'][number]

const PAGE = 200
const MANY = 3_000

const IN_FOLDERS: Readonly<Record<string, readonly (readonly [token: string, name: string])[]>> = {
  mine: [
    ['fldProjects', '项目'],
    ['fldArchive', 'Archive'],
    ['fldMany', '客户档案'],
    ['fldLocked', '董事会'],
    ['fldEmpty', '新建文件夹'],
  ],
  fldProjects: [
    ['fld2025', '2025'],
    ['fld2026', '2026'],
  ],
  shared: [['fldShared', '市场部共享']],
}

/** Throws what the staged host answers as an error. */
export class StagedRefusal extends Error {
  readonly info: ErrorInfo

  constructor(info: ErrorInfo) {
    super(String(info.code))
    this.info = info
  }
}

export function folderOnStage(token: string, name: string): Entry {
  const opens = { kind: 'folder', folderToken: token } as const
  return {
    id: token,
    kind: 'folder',
    name,
    place: null,
    opens,
    text: `folder:${token}`,
    isPinned: false,
  }
}

export function listOnStage(
  { at, query = '', pageToken }: RequestInput<'places.list'>,
  view: (error: ErrorInfo) => ErrorInfo,
  atMs: number,
): Listed {
  const key = at.kind === 'folder' ? at.folderToken : at.kind
  if (key === 'fldLocked') throw new StagedRefusal(view({ code: 1061004, atMs }))
  const all = entriesOf(at, key).filter(({ name }) => name.includes(query))
  // Folders of one's own are left out of what a search finds: a page may be empty.
  if (key === 'shared' && query === '' && pageToken === undefined) {
    return { entries: [], nextPageToken: '0', here: null, unsearched: null }
  }
  const from = Number(pageToken ?? 0)
  const isLast = from + PAGE >= all.length
  return {
    entries: all.slice(from, from + PAGE),
    nextPageToken: isLast ? null : String(from + PAGE),
    here: hereOf(at),
    unsearched: null,
  }
}

function entriesOf(at: PlaceRef, key: string): Entry[] {
  switch (at.kind) {
    case 'recent':
    case 'pinned':
      return ['宣传素材库', '合同'].slice(0, at.kind === 'recent' ? 2 : 1).map((name, index) => ({
        ...folderOnStage(`fld${index}`, ''),
        place: placeNamed('folder', '团队盘', name),
      }))
    case 'wikis':
      return ['产品知识库', '人事制度'].map((name, index) => ({
        ...{ id: `space${index}`, kind: 'wiki', name, place: null, text: null, isPinned: false },
        opens: { kind: 'wiki', spaceId: `space${index}` },
      }))
    case 'wiki':
    case 'page':
      return ['项目周报', '发布流程'].map((name, index) => ({
        ...{ id: `wikcn${index}`, kind: 'page', name, place: null, isPinned: false },
        text: `wiki:wikcn${index}`,
        opens: { kind: 'page', nodeToken: `wikcn${index}`, spaceId: at.spaceId },
      }))
    default:
      if (key === 'fldMany') {
        return Array.from({ length: MANY }, (_, index) =>
          folderOnStage(`fldMany${index}`, `客户 ${String(index + 1).padStart(4, '0')}`),
        )
      }
      return (IN_FOLDERS[key] ?? []).map(([token, name]) => folderOnStage(token, name))
  }
}

function hereOf(at: PlaceRef): Entry | null {
  switch (at.kind) {
    case 'mine':
      return {
        ...folderOnStage('fldRoot', ''),
        place: { ...placeNamed('folder'), space: 'mine' },
      }
    case 'folder':
      return folderOnStage(at.folderToken, nameOf(at.folderToken))
    case 'page':
      return {
        ...folderOnStage(at.nodeToken, '项目周报'),
        kind: 'page',
        text: `wiki:${at.nodeToken}`,
      }
    default:
      return null
  }
}

function nameOf(token: string): string {
  const all = Object.values(IN_FOLDERS).flat()
  return all.find(([each]) => each === token)?.[1] ?? token
}
