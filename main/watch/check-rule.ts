import { parse, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { diskMeaning } from '#main/lib/errno.ts'
import { access, constants, realpath, stat } from '#main/lib/file-system.ts'
import { isInside } from '#main/lib/is-inside.ts'
import { networkTypeOf } from '#main/lib/mounts.ts'
import { isWholeHome } from '#main/lib/sensitive-file.ts'
import type { RuleErrorCode } from '#shared/errors/error-code.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

/** A fault of a rule, or a fact worth knowing. The texts are in the catalogue, under the code. */
export interface RuleProblem {
  readonly code: RuleErrorCode
  /** False: the rule works all the same, though not as well. */
  readonly isFatal: boolean
  readonly detail: string
}

/**
 * Checks whether a rule makes sense where it is.
 * @param others the rules there are already; the rule itself may be among them
 * @param home where Feidi keeps its own state
 */
export async function checkRule(
  rule: WatchRule,
  others: readonly WatchRule[],
  home: string,
): Promise<RuleProblem[]> {
  const folder = resolve(rule.folder)
  const unusable = await whyUnusable(folder)
  if (unusable !== undefined) return [{ code: unusable, isFatal: true, detail: folder }]
  const real = await realPath(folder)
  const problems: RuleProblem[] = []
  const add = (code: RuleErrorCode, detail: string, isFatal = true) =>
    problems.push({ code, isFatal, detail })
  if (real === parse(real).root) add('rule-folder-is-disk', folder)
  else if (overlap(real, await realPath(home))) add('rule-folder-holds-home', folder)
  else if (!rule.allowSensitive && (await isWholeHome(folder))) {
    add('rule-folder-is-personal', folder)
  }
  for (const other of others) {
    if (other.id === rule.id) continue
    const otherReal = await realPath(other.folder)
    if (!overlap(real, otherReal)) continue
    const isTwin = real === otherReal && sameDestination(rule, other)
    add(isTwin ? 'rule-exists' : 'rule-overlaps', other.folder)
  }
  const network = networkTypeOf(real)
  if (network !== undefined && rule.noticing === 'events') add('rule-on-network', network, false)
  return problems
}

/** Returns the reason a folder cannot be watched at all; undefined when it can. */
export async function whyUnusable(folder: string): Promise<RuleErrorCode | undefined> {
  try {
    const stats = await stat(folder)
    if (!stats.isDirectory()) return 'rule-folder-is-file'
    await access(folder, constants.R_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return diskMeaning(error) === 'forbidden' ? 'rule-folder-forbidden' : 'rule-folder-missing'
  }
}

/** A folder that is away at present counts by its name. */
async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path))
}

function overlap(a: string, b: string): boolean {
  return isInside(a, b) || isInside(b, a)
}

function sameDestination(a: WatchRule, b: WatchRule): boolean {
  return isDeepStrictEqual(a.destination, b.destination)
}
