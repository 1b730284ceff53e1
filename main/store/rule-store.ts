import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type WatchRule, watchRuleSchema } from '#shared/model/watch-rule.ts'
import { openSettings } from './settings-file.ts'

/** The settings that a person decides about a rule. */
export type RuleWishes = Omit<WatchRule, 'id' | 'createdAtMs'>

/** The watch rules of a home, in the order they were added. */
export interface RuleStore {
  /** The file they are in; it need not exist. */
  readonly path: string
  list(): readonly WatchRule[]
  /** As `list`, for who only wants to know: a damaged file stays where it is. */
  look(): readonly WatchRule[]
  get(id: string): WatchRule | undefined
  /** The rule for this folder and destination, if there is one. */
  find(place: Place): WatchRule | undefined
  /** Adds a rule. One for the same folder and destination is replaced, and keeps its id. */
  add(wishes: RuleWishes, nowMs: number): WatchRule
  /** Undefined when there is no such rule (any more). */
  update(
    id: string,
    change: Partial<Omit<RuleWishes, 'folder' | 'destination'>>,
  ): WatchRule | undefined
  /**
   * Does the same as `update`, also to another folder or destination, where the rule starts from
   * scratch. Returns undefined when there is no such rule (any more).
   */
  replace(id: string, wishes: RuleWishes, nowMs: number): WatchRule | undefined
  /** Returns what was removed. */
  remove(id: string): WatchRule | undefined
  /** Puts back what was removed, at its old place in the list; false when that is taken meanwhile. */
  restore(rule: WatchRule, index: number): boolean
}

const PART = 'watchRules'
/** Short enough to type; a few dozen rules never collide. */
const ID_BYTES = 4

// Loose: what a later version wrote into a rule is not lost when this one changes another.
const rulesSchema = z
  .array(watchRuleSchema.loose())
  .refine(haveDistinctIds, 'the same id twice')
  .default([])
  .transform((rules): WatchRule[] => rules)

/** Opens the rules; no file is made until the first one is added. */
export function openRules(home: string): RuleStore {
  const settings = openSettings(home)
  const list = () => settings.read(PART, rulesSchema)
  const change = (next: (rules: WatchRule[]) => WatchRule[]) =>
    settings.change(PART, rulesSchema, next)
  return {
    path: settings.path,
    list,
    look: () => settings.look(PART, rulesSchema),
    get: (id) => list().find((rule) => rule.id === id),
    find: (place) => list().find((rule) => samePlace(rule, place)),
    add(wishes, nowMs) {
      let result: WatchRule = {
        ...wishes,
        id: randomBytes(ID_BYTES).toString('hex'),
        createdAtMs: nowMs,
      }
      change((rules) => {
        const before = rules.find((rule) => samePlace(rule, wishes))
        if (before === undefined) return [...rules, result]
        result = { ...wishes, id: before.id, createdAtMs: before.createdAtMs }
        return rules.map((rule) => (rule === before ? result : rule))
      })
      return result
    },
    update(id, wishes) {
      let result: WatchRule | undefined
      change((rules) =>
        rules.map((rule) => {
          if (rule.id !== id) return rule
          result = { ...rule, ...wishes }
          return result
        }),
      )
      return result
    },
    replace(id, wishes, nowMs) {
      let result: WatchRule | undefined
      change((rules) =>
        rules.map((rule) => {
          if (rule.id !== id) return rule
          const createdAtMs = samePlace(rule, wishes) ? rule.createdAtMs : nowMs
          result = { ...rule, ...wishes, createdAtMs }
          return result
        }),
      )
      return result
    },
    remove(id) {
      let removed: WatchRule | undefined
      change((rules) => {
        removed = rules.find((rule) => rule.id === id)
        return rules.filter((rule) => rule.id !== id)
      })
      return removed
    },
    restore(removed, index) {
      let isRestored = false
      change((rules) => {
        if (rules.some((rule) => rule.id === removed.id || samePlace(rule, removed))) return rules
        isRestored = true
        return rules.toSpliced(index, 0, removed)
      })
      return isRestored
    },
  }
}

type Place = Pick<WatchRule, 'folder' | 'destination'>

function samePlace(a: Place, b: Place): boolean {
  return a.folder === b.folder && isDeepStrictEqual(a.destination, b.destination)
}

function haveDistinctIds(rules: readonly { id: string }[]): boolean {
  return new Set(rules.map(({ id }) => id)).size === rules.length
}
