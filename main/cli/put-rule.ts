import { resolve } from 'node:path'
import { fitRule } from '#main/compose/fit-rule.ts'
import { lookUpOnce } from '#main/compose/look-up-once.ts'
import { systemClock } from '#main/engine/clock.ts'
import { parseBaseUrl } from '#main/remote/base-url.ts'
import { identityOf } from '#main/remote/feishu-api.ts'
import { openRules } from '#main/store/rule-store.ts'
import type { GivenDestination } from '#main/target/given-destination.ts'
import { type Brand, parseDestination } from '#main/target/parse-destination.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { WATCH_RULE_DEFAULTS, type WatchRule } from '#shared/model/watch-rule.ts'
import { type RuleOptions, readRuleOptions } from './rule-options.ts'
import type { Session } from './session.ts'
import { baseUrlFor, findCredentials, readCredentials } from './settings.ts'

/** Of a rule that is not stored yet. */
const NEW_ID = ''

export interface PlaceOptions extends RuleOptions {
  readonly to: string
}

/**
 * Stores the rule for this folder and destination: a new one, or the one there is with what the
 * options change about it.
 * @throws TransferError when there can not be such a rule
 */
export async function putRule(
  session: Session,
  dir: string,
  options: PlaceOptions,
): Promise<WatchRule> {
  const rules = openRules(session.settings.home)
  const { id, createdAtMs, ...wishes } = await ruleOnTrial(session, dir, options)
  return id === NEW_ID
    ? rules.add(wishes, createdAtMs)
    : (rules.update(id, wishes) ?? rules.add(wishes, createdAtMs))
}

/** The rule that `putRule` would store. */
export async function ruleOnTrial(
  session: Session,
  dir: string,
  options: PlaceOptions,
): Promise<WatchRule> {
  const { destination: given, brand } = parseDestination(options.to)
  const destination = await destinationOf(session, given, brand)
  if (destination.kind === 'file') throw new TransferError('one-file-only')
  const place = { folder: resolve(dir), destination }
  const said = readRuleOptions(options)
  const known = openRules(session.settings.home).find(place)
  if (known !== undefined) return { ...known, ...said, enabled: true }
  const rule: WatchRule = {
    ...WATCH_RULE_DEFAULTS,
    ...said,
    ...place,
    id: NEW_ID,
    createdAtMs: systemClock.nowMs(),
    account: accountFor(session, brand),
  }
  const { home } = session.settings
  const fitted = await fitRule(rule, {
    others: openRules(home).list(),
    home,
    isNoticingSaid: said.noticing !== undefined,
  })
  const fatal = fitted.problems.find(({ isFatal }) => isFatal)
  if (fatal !== undefined) throw new TransferError(fatal.code, { detail: fatal.detail })
  return fitted.rule
}

/** A folder is looked at with the first file; anything else has to be asked about. */
async function destinationOf(
  { settings, env, log, interrupted }: Session,
  given: GivenDestination,
  brand: Brand | undefined,
): Promise<Destination> {
  if (given.kind === 'folder' || given.kind === 'media') return given
  const credentials = findCredentials(env)
  const baseUrl = baseUrlFor(settings, brand)
  const connection = credentials && { ...settings, baseUrl, credentials }
  return lookUpOnce(settings.home, connection, given, log, interrupted)
}

/** Where Lark's servers are meant, the rule has to remember it: a folder token does not say. */
function accountFor({ settings, env }: Session, brand: Brand | undefined): string | undefined {
  const credentials = brand === 'lark' ? readCredentials(env) : findCredentials(env)
  const { host } = parseBaseUrl(baseUrlFor(settings, brand))
  return credentials && identityOf(credentials, host)
}
