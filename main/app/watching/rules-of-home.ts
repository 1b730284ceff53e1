import { resolve } from 'node:path'
import { openRules } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { AppSession } from '../session.ts'

export function rulesOfHome(home: string): readonly WatchRule[] {
  return openRules(home).list()
}

/**
 * Finds rules by id, by the beginning of one, or by folder, as long as only one is meant.
 * @throws TransferError `rule-unknown`
 */
export function findRules(home: string, names: readonly string[]): WatchRule[] {
  const all = rulesOfHome(home)
  return names.map((name) => {
    const exact = all.filter(({ id }) => id === name)
    const similar = all.filter(({ id, folder }) => id.startsWith(name) || folder === resolve(name))
    const meant = exact.length > 0 ? exact : similar
    const [rule] = meant
    if (rule !== undefined && meant.length === 1) return rule
    const ids = meant.map(({ id }) => id).join(', ')
    throw new TransferError('rule-unknown', { detail: ids === '' ? name : `${name} (${ids}?)` })
  })
}

/**
 * Removes rules, and with `forget` what is known of their uploads.
 * @returns the removed ones, one after the other
 */
export async function* removeRules(
  { settings, version }: Pick<AppSession, 'settings' | 'version'>,
  names: readonly string[],
  forget: boolean,
): AsyncGenerator<WatchRule> {
  // Other commands need not wait for what opens a home.
  const { openHome } = await import('../open-engine.ts')
  const { forgetFiles } = await import('../forget-files.ts')
  const { home } = settings
  const found = findRules(home, names)
  // While the rule is there, a running watch would find the forgotten files new.
  const opened = forget ? openHome({ home, command: 'feidi rules remove', version }) : undefined
  try {
    for (const rule of found) {
      openRules(home).remove(rule.id)
      if (opened !== undefined) forgetFiles(opened.stores, rule.folder, rule.destination)
      yield rule
    }
  } finally {
    opened?.close()
  }
}

/** Pauses or resumes rules; a watch that is running notices. */
export function enableRules(home: string, names: readonly string[], enabled: boolean): WatchRule[] {
  const rules = openRules(home)
  return findRules(home, names).map((rule) => rules.update(rule.id, { enabled }) ?? rule)
}

/** Makes the folders that are there now the ones that are meant. */
export async function* confirmRules(
  home: string,
  names: readonly string[],
): AsyncGenerator<WatchRule> {
  const { confirmFolder } = await import('./confirm-folder.ts')
  const rules = openRules(home)
  for (const rule of findRules(home, names)) yield confirmFolder(rules, rule, home)
}
