import { join } from 'node:path'
import { realpath } from '#main/lib/file-system.ts'
import { isInside } from '#main/lib/is-inside.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

/**
 * Returns the real path of a rule's file. Without links to follow it is where the file was found;
 * with them, their target is looked at now, and has to lie in the rule's folder.
 * @param path below the rule's folder
 * @returns undefined when the rule does not say where its folder is
 */
export async function realPathOf(
  path: string,
  { realFolder, followLinks }: Pick<WatchRule, 'realFolder' | 'followLinks'>,
): Promise<string | undefined> {
  if (realFolder === undefined) return undefined
  const straight = join(realFolder, path)
  if (!followLinks) return straight
  const real = await realpath(straight).catch(() => undefined)
  // One that leads out of the folder by now can not be opened where it was found, which says why.
  return real !== undefined && isInside(real, realFolder) ? real : straight
}
