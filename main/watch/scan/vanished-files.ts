/** Files of a rule whose copies are no longer in their folder in Feishu. */
import { relative, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { isInside } from '#main/lib/is-inside.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { FileIndex } from '../ports.ts'
import type { RuleWatcher } from '../rule-watcher.ts'

/** The source and destination of a copy in Feishu. */
export type VanishedCopy = Pick<Copy, 'path' | 'destination'>

type Watched = Pick<RuleWatcher, 'root' | 'rule' | 'sweepSoon'>

/**
 * Does with them as the rule says: they are told, or are new from here on and looked for.
 * @param tell is called for each that is still there and is only to be told
 */
export function handleVanished(
  copies: readonly VanishedCopy[],
  watcher: Watched,
  index: FileIndex,
  tell: (path: string, error: TransferError) => void,
): void {
  const { root, rule } = watcher
  const { destination, onVanished } = rule
  const ours = copies.filter(
    (copy) => isInside(copy.path, root) && isDeepStrictEqual(copy.destination, destination),
  )
  if (ours.length === 0) return
  if (onVanished === 'again') {
    for (const { path } of ours) index.forget(path, destination)
    watcher.sweepSoon()
    return
  }
  const scope = index.scope(root, destination)
  for (const { path } of ours) {
    const names = relative(root, path).split(sep)
    const name = names.pop() ?? ''
    const file = scope.file(names.join('/'), name)
    // A copy is not missed when its file was deleted here as well.
    if (file?.gone === false) tell(path, new TransferError('copy-vanished', { detail: path }))
  }
}
