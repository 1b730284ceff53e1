import { accountsOf, findCredentials, identityFor } from '#main/app/accounts/actor.ts'
import { namesInHome } from '#main/app/names-of-home.ts'
import * as rules from '#main/app/watching/rules-of-home.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { type TextKey, t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { sayFollow } from '../follow-words.ts'
import { type RuleOptions, readRuleOptions } from '../rule-options.ts'
import { optionsOf, ruleJson, ruleWords } from '../rule-words.ts'
import type { Session } from '../session.ts'

export interface AddOptions extends RuleOptions {
  readonly to: string
}

/** `feidi rules add DIR --to DEST`: for a later `feidi watch`, or one that runs now. */
export async function addRule(
  session: Session,
  dir: string,
  { to, ...options }: AddOptions,
): Promise<ExitCode> {
  // Other commands need not wait for what asks Feishu.
  const { putRule } = await import('#main/app/watching/put-rule.ts')
  return showAll(session, [await putRule(session, { dir, to, said: readRuleOptions(options) })])
}

/** `feidi rules list` */
export async function listRules(session: Session): Promise<ExitCode> {
  const { home, language, json } = session.settings
  const found = rules.rulesOfHome(home)
  if (found.length === 0 && !json) session.output.say(t(language, 'cli.noRules'))
  return showAll(session, found)
}

export interface RemoveOptions {
  readonly forget?: boolean
}

/** `feidi rules remove RULE...`: what was uploaded stays in Feishu, and stays known unless told. */
export async function removeRules(
  session: Session,
  names: readonly string[],
  { forget = false }: RemoveOptions,
): Promise<ExitCode> {
  for await (const rule of rules.removeRules(session, names, forget)) {
    show(session, [rule], () => 'removed')
  }
  return EXIT.allDone
}

/** `feidi rules pause RULE...` and `feidi rules resume RULE...`; a watch that is running notices. */
export async function setEnabled(
  session: Session,
  names: readonly string[],
  enabled: boolean,
): Promise<ExitCode> {
  return showAll(session, rules.enableRules(session.settings.home, names, enabled))
}

/** `feidi rules confirm RULE...`: the folder that is there now is the one that is meant. */
export async function confirmRules(session: Session, names: readonly string[]): Promise<ExitCode> {
  for await (const rule of rules.confirmRules(session.settings.home, names)) {
    showAll(session, [rule])
  }
  return EXIT.allDone
}

/** `feidi rules show RULE...`: with what the rules mean to do in Feishu. */
export async function showRules(session: Session, names: readonly string[]): Promise<ExitCode> {
  const found = rules.findRules(session.settings.home, names)
  for (const rule of found) {
    showAll(session, [rule])
    sayFollow(session, [rule])
  }
  return EXIT.allDone
}

/** `feidi rules approve RULE...`: a person agrees to what the rules mean to do in Feishu by now. */
export async function approveRules(session: Session, names: readonly string[]): Promise<ExitCode> {
  const { approveRules: approve } = await import('#main/app/watching/follow-of-home.ts')
  return showAll(session, approve(session.settings.home, names))
}

function showAll(session: Session, found: readonly WatchRule[]): ExitCode {
  show(session, found, (rule) => (rule.enabled ? 'active' : 'paused'))
  return EXIT.allDone
}

type RuleState = 'active' | 'paused' | 'removed'

const STATE_WORDS = {
  active: 'cli.ruleActive',
  paused: 'cli.rulePaused',
  removed: 'cli.ruleRemoved',
} as const satisfies Record<RuleState, TextKey>

function show(
  session: Session,
  found: readonly WatchRule[],
  stateOf: (rule: WatchRule) => RuleState,
): void {
  const { output, settings } = session
  if (settings.json) {
    for (const rule of found) output.json(ruleJson(rule, stateOf(rule)))
    return
  }
  if (settings.quiet) return
  const names = namesInHome(
    settings.home,
    found.map(({ destination }) => destination),
  )
  for (const [index, rule] of found.entries()) {
    const to = names[index]
    if (to !== undefined) sayRule(session, rule, stateOf(rule), to)
  }
}

function sayRule(session: Session, rule: WatchRule, state: RuleState, to: PlaceName): void {
  const { output, settings } = session
  const { language } = settings
  const special = optionsOf(rule, identityFor(session, undefined)).join(' ')
  output.say(
    `${rule.id}  ${t(language, STATE_WORDS[state])}  ${ruleWords(rule, to, settings)}`,
    ...(special === '' ? [] : [`    ${special}`]),
    ...(hasSignedOut(session, rule) ? [`    ${t(language, 'cli.ruleSignedOut')}`] : []),
  )
}

/** Checks whether no account can upload for it now; credentials of the environment would. */
function hasSignedOut(session: Session, { account }: WatchRule): boolean {
  if (account === undefined || findCredentials(session.env) !== undefined) return false
  return accountsOf(session).get(account) === undefined
}
