import { resolve } from 'node:path'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openRules } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { chooseActor, identityFor } from '../accounts/actor.ts'
import { demandPlaceForDocuments } from '../adding/document-place.ts'
import { lookUpOnce } from '../adding/look-up-once.ts'
import type { AppSession } from '../session.ts'
import { fitRule } from './fit-rule.ts'
import { demandFolderForFollowing } from './follow-of-home.ts'

/** Of a rule that is not stored yet. */
const NEW_ID = ''

/** A folder to watch, and what is said about its rule; the rest is as it is, or the default. */
export interface WatchedFolder {
  readonly dir: string
  readonly to: string
  readonly said: Partial<Omit<WatchRule, 'id' | 'createdAtMs' | 'folder' | 'destination'>>
}

/**
 * Stores the rule for this folder and destination: a new one, or the one there is with what the
 * options change about it.
 * @throws TransferError when there can not be such a rule
 */
export async function putRule(session: AppSession, folder: WatchedFolder): Promise<WatchRule> {
  const rules = openRules(session.settings.home)
  const { id, createdAtMs, ...wishes } = await ruleOnTrial(session, folder)
  return id === NEW_ID
    ? rules.add(wishes, createdAtMs)
    : (rules.update(id, wishes) ?? rules.add(wishes, createdAtMs))
}

/** The rule that `putRule` would store. */
export async function ruleOnTrial(
  session: AppSession,
  { dir, to, said }: WatchedFolder,
): Promise<WatchRule> {
  const { destination: given, brand } = parseDestination(to)
  const destination = await destinationOf(session, given, brand)
  if (destination.kind === 'file') throw new TransferError('one-file-only')
  demandPlaceForDocuments(destination, said)
  demandFolderForFollowing(destination, said)
  const place = { folder: resolve(dir), destination }
  const known = openRules(session.settings.home).find(place)
  if (known !== undefined) {
    return { ...known, ...said, account: accountOfKnown(session, known), enabled: true }
  }
  const rule: WatchRule = {
    ...WATCH_RULE_DEFAULTS,
    ...said,
    ...place,
    id: NEW_ID,
    createdAtMs: systemClock.nowMs(),
    // A rule for Lark's servers has to remember that: a folder token does not say.
    account:
      brand === 'lark' ? (await chooseActor(session, brand)).identity : identityFor(session, brand),
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

/** Only who is named takes over a rule; the account in use does not. */
function accountOfKnown(session: AppSession, { account }: WatchRule): string | undefined {
  return session.settings.account === undefined ? account : identityFor(session, undefined)
}

/** A folder is looked at with the first file; anything else has to be asked about. */
async function destinationOf(
  session: AppSession,
  given: GivenDestination,
  brand: Brand | undefined,
): Promise<Destination> {
  if (given.kind === 'folder' || given.kind === 'media') return given
  const { settings, log, interrupted } = session
  const isKnown = identityFor(session, brand) !== undefined
  const actor = isKnown ? await chooseActor(session, brand) : undefined
  return lookUpOnce(settings.home, actor && { ...settings, ...actor }, given, log, interrupted)
}
