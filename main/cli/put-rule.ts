import { resolve } from 'node:path'
import { checkRule, isNetworkFolder } from '#main/compose/check-rule.ts'
import { systemClock } from '#main/engine/clock.ts'
import { parseBaseUrl } from '#main/remote/base-url.ts'
import { identityOf } from '#main/remote/feishu-api.ts'
import { openRules, type RuleWishes } from '#main/store/rule-store.ts'
import { parseDestination } from '#main/target/parse-destination.ts'
import { WATCH_RULE_DEFAULTS, type WatchRule } from '#shared/model/watch-rule.ts'
import { type RuleOptions, readRuleOptions } from './rule-options.ts'
import type { Session } from './session.ts'
import { baseUrlFor, findCredentials, readCredentials } from './settings.ts'

export interface PlaceOptions extends RuleOptions {
  readonly to: string
}

/**
 * Stores the rule for this folder and destination: a new one, or the one there is with what the
 * options change about it.
 * @throws TransferError when there can not be such a rule
 */
export function putRule(session: Session, dir: string, options: PlaceOptions): WatchRule {
  const rules = openRules(session.settings.home)
  const { known, wishes } = ruleFor(session, dir, options)
  if (known === undefined) return rules.add(wishes, systemClock.nowMs())
  return rules.update(known.id, wishes) ?? known
}

/** The rule that `putRule` would store. */
export function ruleOnTrial(session: Session, dir: string, options: PlaceOptions): WatchRule {
  const { known, wishes } = ruleFor(session, dir, options)
  return { id: '', createdAtMs: systemClock.nowMs(), ...known, ...wishes }
}

function ruleFor({ settings, env }: Session, dir: string, options: PlaceOptions) {
  const { destination, brand } = parseDestination(options.to)
  const place = { folder: resolve(dir), destination }
  const rules = openRules(settings.home)
  const known = rules.find(place)
  const said = readRuleOptions(options)
  if (known !== undefined) return { known, wishes: { ...wishesOf(known), ...said, enabled: true } }
  checkRule(place, rules.list(), settings.home)
  const noticing: WatchRule['noticing'] = isNetworkFolder(place.folder)
    ? 'polling'
    : WATCH_RULE_DEFAULTS.noticing
  // Where Lark's servers are meant, the rule has to remember it: a folder token does not say.
  const credentials = brand === 'lark' ? readCredentials(env) : findCredentials(env)
  const { host } = parseBaseUrl(baseUrlFor(settings, brand))
  const account = credentials && identityOf(credentials, host)
  return { known, wishes: { ...WATCH_RULE_DEFAULTS, noticing, ...said, ...place, account } }
}

function wishesOf({ id: _id, createdAtMs: _createdAtMs, ...wishes }: WatchRule): RuleWishes {
  return wishes
}
