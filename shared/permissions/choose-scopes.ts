/** Chooses the scopes of a sign-in: as few as do, and none that Feishu's page would refuse the whole sign-in for. */
import {
  groupsOf,
  OFFLINE_SCOPE,
  PURPOSE_NAMES,
  type Purpose,
  type ScopeGroup,
  scopesOf,
} from './scope-groups.ts'

export interface ScopeWishes {
  /** The scopes that the app has for people; undefined: Feishu does not say. */
  readonly ofApp: readonly string[] | undefined
  /** Granted before. A sign-in replaces the one before it, so these are asked for again. */
  readonly granted?: readonly string[]
  /** Wanted now, besides the usual. */
  readonly further?: readonly string[]
}

/**
 * Returns the scopes to ask for. Feishu's page refuses everyone (20027) for one scope that the app lacks, so a scope
 * that it is known to lack is left out, and in its place comes another that opens the same, where it has one.
 */
export function chooseScopes({ ofApp, granted = [], further = [] }: ScopeWishes): string[] {
  const has = (scope: string) => ofApp === undefined || ofApp.includes(scope)
  // An app's list of scopes may or may not name this one.
  const chosen = new Set([OFFLINE_SCOPE])
  for (const scope of [...granted, ...further]) if (has(scope)) chosen.add(scope)
  // Names are worth a scope, but not a refusal of the whole sign-in.
  const usual =
    ofApp === undefined ? groupsOf('folder') : [...groupsOf('folder'), ...groupsOf('names')]
  for (const scope of missingFrom([...chosen], usual, ofApp).scopes) chosen.add(scope)
  return [...chosen]
}

/** The scopes of a sign-in where Feishu does not say which ones the app has. */
export const SIGN_IN_SCOPES: readonly string[] = [OFFLINE_SCOPE, ...scopesOf(['folder'])]

/** The scopes that are still wanted for a set of groups. */
export interface Wanted {
  /** To ask for: one of each group that is missing. */
  readonly scopes: string[]
  /** Groups of which the app has none: its owner adds one first. */
  readonly notInApp: ScopeGroup[]
}

/** Compares what is held with what is needed. */
export function missingFrom(
  held: readonly string[],
  groups: readonly ScopeGroup[],
  ofApp: readonly string[] | undefined,
): Wanted {
  const scopes: string[] = []
  const notInApp: ScopeGroup[] = []
  for (const group of groups) {
    if (group.some((scope) => held.includes(scope) || scopes.includes(scope))) continue
    const askable = group.find((scope) => ofApp === undefined || ofApp.includes(scope))
    if (askable === undefined) notInApp.push(group)
    else scopes.push(askable)
  }
  return { scopes, notInApp }
}

/**
 * Returns the groups that end a refusal for good: all of the first purpose that needs what is missing, and of the
 * purposes of the destination, so that a person grants once and not once for each call.
 * @param missing the scopes that Feishu named, of which any one is enough
 */
export function groupsBehind(
  missing: readonly string[],
  purposes: readonly Purpose[] = [],
): readonly ScopeGroup[] {
  const overlapOf = (group: ScopeGroup) => group.filter((scope) => missing.includes(scope)).length
  const fits = PURPOSE_NAMES.map((purpose) => ({
    purpose,
    overlap: Math.max(...groupsOf(purpose).map(overlapOf)),
  }))
  const [best] = fits.toSorted((a, b) => b.overlap - a.overlap)
  const known = best === undefined || best.overlap === 0 ? purposes : [best.purpose, ...purposes]
  const [first, ...others] = missing
  // A scope that no purpose names is asked for as it is.
  if (known.length === 0 && first !== undefined) return [[first, ...others]]
  return known.flatMap(groupsOf)
}
