/** Which file of the same name in a folder gives way to a new version, and which one stays beside it. */
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy, KeptBecause } from '#shared/model/copy.ts'
import type { Fingerprint, Handling } from '#shared/model/transfer.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import type { CopyStore, NewTransfer, RemoteFile } from './ports.ts'
import type { SourceFile, SourceReader } from './source.ts'

/** Errors which mean that there is no longer a file at the path. */
const NO_FILE = new Set<unknown>(['source-missing', 'source-is-directory', 'source-not-a-file'])

/** A local file and where it goes. */
export type Placed = SourceFile & Pick<NewTransfer, 'destination' | 'remoteFolders'>

export interface ReplacingTools {
  readonly copies: Pick<CopyStore, 'at' | 'holders'>
  /** Which of these appeared while the outcome of an upload of ours was uncertain. */
  readonly isDoubtful: (token: string) => boolean
  readonly sources: Pick<SourceReader, 'inspect'>
}

export type Choice =
  | { readonly kind: 'replace'; readonly file: RemoteFile; readonly isOurs: boolean }
  /** @param heldBy path of the local file that counts as up through it */
  | { readonly kind: 'keep'; readonly because: KeptBecause; readonly heldBy?: string }

/**
 * Decides about the files of that name in the folder. Our own copy is replaced.
 * With `overwrite` the only file of that name is replaced, no matter who put it there. A file
 * through which another local file counts as uploaded is never replaced: that content would no
 * longer be in Feishu.
 * @param there at least one file
 */
export async function chooseAmong(
  there: readonly RemoteFile[],
  placed: Placed,
  sameName: Extract<Handling['sameName'], 'overwrite' | 'overwrite-ours'>,
  tools: ReplacingTools,
): Promise<Choice> {
  const own = tools.copies.at(placed.path, placed.destination, placed.remoteFolders)
  const ours = there.find(({ token }) => token === own?.fileToken)
  const [only, second] = there
  const file = ours ?? (second === undefined && sameName === 'overwrite' ? only : undefined)
  if (file === undefined) {
    return { kind: 'keep', because: sameName === 'overwrite' ? 'several' : 'not-ours' }
  }
  if (tools.isDoubtful(file.token)) return { kind: 'keep', because: 'uncertain' }
  const heldBy = await otherHolder(file.token, placed, tools)
  if (heldBy !== undefined) return { kind: 'keep', because: 'in-use', heldBy }
  return { kind: 'replace', file, isOurs: file === ours }
}

/** Path of another local file, still there, that counts as up through this remote one. */
export async function otherHolder(
  token: string,
  placed: SourceFile,
  { copies, sources }: Pick<ReplacingTools, 'copies' | 'sources'>,
): Promise<string | undefined> {
  for (const holder of copies.holders([token])) {
    if (holder.path !== placed.path && (await isThere(holder, placed, sources))) return holder.path
  }
  return undefined
}

/** A file that can not be asked counts as there; another spelling of the same one is no other file. */
async function isThere(
  { path }: Copy,
  placed: SourceFile,
  sources: Pick<SourceReader, 'inspect'>,
): Promise<boolean> {
  const found = await look({ path }, sources)
  if (found === 'no file') return false
  const here = await look(placed, sources)
  return typeof found === 'string' || typeof here === 'string' || !sameFingerprint(found, here)
}

async function look(
  file: SourceFile,
  sources: Pick<SourceReader, 'inspect'>,
): Promise<Fingerprint | 'no file' | 'no answer'> {
  try {
    return await sources.inspect(file)
  } catch (error) {
    const isGone = error instanceof TransferError && NO_FILE.has(error.code)
    return isGone ? 'no file' : 'no answer'
  }
}
