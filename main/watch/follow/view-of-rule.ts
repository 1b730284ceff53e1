/** Puts together what following decides about: the copies and files of a rule as they are known now. */
import { sep } from 'node:path'
import { partsOfIdentity } from '#shared/model/account.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { PlaceRow } from '#shared/transfer/remote-layout.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { FollowTools } from '../ports.ts'
import { splitPath } from '../scan/list-folder.ts'
import type { FollowView, SeenFile } from './view.ts'

export interface ViewOptions {
  readonly rule: WatchRule
  readonly root: string
  readonly identity: string
  readonly tools: Pick<FollowTools, 'store' | 'folder'>
  /** Folders that are there, below the rule's. */
  readonly dirs: readonly string[]
  /** The remote folders in use. */
  readonly places: readonly PlaceRow[]
  /** Files that may be there although the index does not have them. */
  readonly inDoubt: ReadonlySet<string>
}

/** Reads what is known, once. */
export function viewOfRule(options: ViewOptions): FollowView {
  const { rule, root, identity, tools, dirs, places, inDoubt } = options
  const { store } = tools
  const { destination } = rule
  const isMirror = rule.subfolders === 'mirror'
  const files = new Map(store.files(root, destination).map((file) => [file.path, file]))
  const remote = new Map<string, string[][]>()
  for (const { folder, remote: names } of places) {
    const key = folder.join('/')
    remote.set(key, [...(remote.get(key) ?? []), [...names]])
  }
  const foldersOf = (dir: string): readonly (readonly string[])[] => {
    if (!isMirror || dir === '') return remote.get('') ?? [[]]
    const names = dir.split('/').map(remoteName)
    return remote.get(names.join('/')) ?? [names]
  }
  const local = new Set(isMirror ? dirs.flatMap((dir) => foldersOf(dir).map(keyOf)) : [])
  const folderAt = (folders: readonly string[]) => {
    let at: { token: string; isMade: boolean } | undefined
    for (const name of folders) {
      const parent: string = at?.token ?? folderToken(rule)
      at = tools.folder(identity, parent, name)
      if (at === undefined) return undefined
    }
    return at
  }
  return {
    copies: store.copies(root, destination).map((copy) => ({
      ...copy,
      path: copy.path.slice(root.length + 1).replaceAll(sep, '/'),
      isOurs: copy.isProven && copy.identity === identity,
    })),
    fileAt(path): SeenFile | undefined {
      if (inDoubt.has(path)) return 'busy'
      const file = files.get(path)
      if (file === undefined) return undefined
      if (file.goneAtMs !== null) return { goneAtMs: file.goneAtMs }
      const isSettled = file.standing === 'up' || file.standing === 'copy'
      return isSettled ? { hash: file.hash } : 'busy'
    },
    foldersFor: (path) => foldersOf(splitPath(path).dir),
    nameFor: (path) => remoteName(splitPath(path).name),
    hasLocalFolder: (folders) => local.has(keyOf(folders)),
    knowsFolder: (folders) => folderAt(folders) !== undefined,
    madeFolder: (folders) => folderAt(folders)?.isMade === true,
    mayTrash: partsOfIdentity(identity).kind === 'user',
  }
}

function folderToken({ destination }: WatchRule): string {
  return destination.kind === 'folder' ? destination.folderToken : ''
}

function keyOf(folders: readonly string[]): string {
  return JSON.stringify(folders)
}
