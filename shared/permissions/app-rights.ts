import { groupsOf, PURPOSE_NAMES } from './scope-groups.ts'

/** The rights of an app, as a person is shown them before its secret is kept. */
export interface ShownRights {
  /** False: Feishu does not say what the app may do. */
  readonly isKnown: boolean
  /** For people who sign in, and of use to Feidi. */
  readonly used: readonly string[]
  /** For people who sign in; Feidi never asks for them. */
  readonly others: readonly string[]
  /** The rights of the app as itself, without anyone signing in. */
  readonly asApp: readonly string[]
}

const OF_USE: ReadonlySet<string> = new Set(PURPOSE_NAMES.flatMap(groupsOf).flat())

/** Sorts the rights of an app by what they mean to a person. */
export function appRights({
  asPerson,
  asApp,
}: {
  readonly asPerson: readonly string[] | null
  readonly asApp: readonly string[] | null
}): ShownRights {
  const all = asPerson ?? []
  return {
    isKnown: asPerson !== null,
    used: all.filter((scope) => OF_USE.has(scope)),
    others: all.filter((scope) => !OF_USE.has(scope)),
    asApp: asApp ?? [],
  }
}
