import { resolve } from 'node:path'
import { openRules, type RuleStore } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { accountsOf, identityFor } from '../actor.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { PlaceOptions } from '../put-rule.ts'
import { optionsOf, ruleJson, ruleWords } from '../rule-words.ts'
import type { Session } from '../session.ts'
import { findCredentials } from '../settings.ts'
import { say } from '../texts.ts'

/** `feidi rules add DIR --to DEST`: for a later `feidi watch`, or one that runs now. */
export async function addRule(
  session: Session,
  folder: string,
  options: PlaceOptions,
): Promise<ExitCode> {
  const { putRule } = await import('../put-rule.ts')
  showAll(session, [await putRule(session, folder, options)])
  return EXIT.allDone
}

/** `feidi rules list` */
export async function listRules(session: Session): Promise<ExitCode> {
  const { home, language, json } = session.settings
  const rules = openRules(home).list()
  showAll(session, rules)
  if (rules.length === 0 && !json) session.output.say(say('noRules', language))
  return EXIT.allDone
}

export interface RemoveOptions {
  readonly forget?: boolean
}

/** `feidi rules remove RULE...`: what was uploaded stays in Feishu, and stays known unless told. */
export async function removeRules(
  session: Session,
  names: readonly string[],
  options: RemoveOptions,
): Promise<ExitCode> {
  const { settings, version } = session
  const { openHome } = await import('#main/app/open-engine.ts')
  const { forgetFiles } = await import('#main/app/forget-files.ts')
  const rules = openRules(settings.home)
  const found = names.map((name) => findRule(rules, name))
  // While the rule is there, a running watch would find the forgotten files new.
  const home = options.forget
    ? openHome({ ...settings, command: 'feidi rules remove', version })
    : undefined
  try {
    for (const rule of found) {
      rules.remove(rule.id)
      if (home !== undefined) forgetFiles(home.stores, rule.folder, rule.destination)
      show(session, rule, 'removed')
    }
    return EXIT.allDone
  } finally {
    home?.close()
  }
}

/** `feidi rules pause RULE...` and `feidi rules resume RULE...`; a watch that is running notices. */
export async function setEnabled(
  session: Session,
  names: readonly string[],
  enabled: boolean,
): Promise<ExitCode> {
  const rules = openRules(session.settings.home)
  const found = names.map((name) => findRule(rules, name))
  showAll(
    session,
    found.map((rule) => rules.update(rule.id, { enabled }) ?? rule),
  )
  return EXIT.allDone
}

/** `feidi rules confirm RULE...`: the folder that is there now is the one that is meant. */
export async function confirmRules(session: Session, names: readonly string[]): Promise<ExitCode> {
  const { confirmFolder } = await import('#main/app/watching/confirm-folder.ts')
  const { home } = session.settings
  const rules = openRules(home)
  for (const rule of names.map((name) => findRule(rules, name))) {
    showAll(session, [await confirmFolder(rules, rule, home)])
  }
  return EXIT.allDone
}

/** By id, by the beginning of one, or by folder, as long as only one is meant. */
function findRule(rules: RuleStore, name: string): WatchRule {
  const all = rules.list()
  const exact = all.filter(({ id }) => id === name)
  const meant =
    exact.length > 0
      ? exact
      : all.filter(({ id, folder }) => id.startsWith(name) || folder === resolve(name))
  const [rule] = meant
  if (rule !== undefined && meant.length === 1) return rule
  const ids = meant.map(({ id }) => id).join(', ')
  throw new TransferError('rule-unknown', { detail: ids === '' ? name : `${name} (${ids}?)` })
}

function showAll(session: Session, rules: readonly WatchRule[]): void {
  for (const rule of rules) show(session, rule, rule.enabled ? 'active' : 'paused')
}

function show(session: Session, rule: WatchRule, state: 'active' | 'paused' | 'removed'): void {
  const { output, settings } = session
  const { json, quiet, language } = settings
  if (json) {
    output.json(ruleJson(rule, state))
    return
  }
  if (quiet) return
  const words = { active: 'ruleActive', paused: 'rulePaused', removed: 'ruleRemoved' } as const
  const special = optionsOf(rule, identityFor(session, undefined)).join(' ')
  output.say(
    `${rule.id}  ${say(words[state], language)}  ${ruleWords(rule)}`,
    ...(special === '' ? [] : [`    ${special}`]),
    ...(hasSignedOut(session, rule) ? [`    ${say('ruleSignedOut', language)}`] : []),
  )
}

/** Nobody can upload for it now; credentials of the environment would. */
function hasSignedOut(session: Session, { account }: WatchRule): boolean {
  if (account === undefined || findCredentials(session.env) !== undefined) return false
  return accountsOf(session).get(account) === undefined
}
