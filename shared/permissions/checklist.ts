/** The abilities of an account. Tells which purposes are served now, and what each other one takes. */
import { missingFrom } from './choose-scopes.ts'
import { groupsOf, PLACES, type Purpose } from './scope-groups.ts'

/** The known permissions of an account. */
export interface Permissions {
  readonly kind: 'app' | 'user' | 'access-token'
  /** The scopes that the person has granted; null: not known, or no person. */
  readonly granted: readonly string[] | null
  /** The scopes that the app has for this kind of account; null: Feishu does not say. */
  readonly ofApp: readonly string[] | null
}

export interface ChecklistLine {
  readonly purpose: Purpose
  /**
   * - `works`: nothing is missing.
   * - `grant`: the person signs in once more and grants `scopes`.
   * - `app`: the app lacks `scopes`; its owner adds them and publishes a version.
   * - `unknown`: Feishu does not say what this account may do.
   */
  readonly state: 'works' | 'grant' | 'app' | 'unknown'
  readonly scopes: readonly string[]
}

const SHOWN: readonly Purpose[] = [
  ...PLACES,
  'share',
  'names',
  'browse',
  'search',
  'follow',
  'rights',
  'compare',
  'staySignedIn',
]

/** Purposes that an app acting as itself has no use for. */
const FOR_PEOPLE: ReadonlySet<Purpose> = new Set(['search', 'staySignedIn'])

/** Returns a line for each purpose, kinds of destination leading. */
export function checklistOf({ kind, granted, ofApp }: Permissions): ChecklistLine[] {
  const held = kind === 'app' ? ofApp : granted
  const purposes = kind === 'user' ? SHOWN : SHOWN.filter((each) => !FOR_PEOPLE.has(each))
  return purposes.map((purpose): ChecklistLine => {
    if (held === null) return { purpose, state: 'unknown', scopes: [] }
    const askable = purpose === 'staySignedIn' ? undefined : (ofApp ?? undefined)
    const { scopes, notInApp } = missingFrom(held, groupsOf(purpose), askable)
    if (notInApp.length > 0) {
      const lacking = new Set(notInApp.map(([leading]) => leading))
      return { purpose, state: 'app', scopes: [...lacking] }
    }
    if (scopes.length === 0) return { purpose, state: 'works', scopes }
    return { purpose, state: kind === 'app' ? 'app' : 'grant', scopes }
  })
}
