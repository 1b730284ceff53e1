import { systemClock } from '#main/lib/clock.ts'
import { realpath } from '#main/lib/file-system.ts'
import { openRules } from '#main/store/rule-store.ts'
import { openSettings } from '#main/store/settings-file.ts'
import type { PortablePlan } from '#shared/contract/portable-channels.ts'
import { openHome } from './open-engine.ts'
import { readPolicy } from './policy/read-policy.ts'
import {
  changeOf,
  type ImportedRules,
  importRules,
  planOf,
  portableText,
  readPortable,
} from './portable.ts'
import { SettingsKeeper } from './settings-keeper.ts'

/** Returns settings and rules of a home that another process may be using. */
export function portableTextOf(home: string): string {
  return portableText(
    new SettingsKeeper(openSettings(home), readPolicy()).settings,
    openRules(home).look(),
  )
}

/**
 * Takes over what a text holds, once it was agreed to.
 * @returns undefined when it was not
 * @throws TransferError `settings-file-invalid`, `home-in-use`: Feidi at work keeps its settings in
 *   memory and would write them over these
 */
export async function importIntoHome(
  { home, version }: { readonly home: string; readonly version: string },
  text: string,
  agree: (plan: PortablePlan) => Promise<boolean>,
): Promise<(ImportedRules & { readonly settings: number }) | undefined> {
  const file = readPortable(text)
  const opened = openHome({ home, command: 'feidi settings import', version })
  try {
    const { policy } = opened
    const keeper = new SettingsKeeper(openSettings(home), policy)
    const plan = planOf(file, keeper.settings, policy.locked)
    if (!(await agree(plan))) return undefined
    const change = changeOf(file, plan)
    keeper.change(change)
    const imported = await importRules(file, {
      ...{ home, account: undefined, nowMs: systemClock.nowMs() },
      rules: openRules(home),
      admit: (folder) => realpath(folder).catch(() => folder),
    })
    return { ...imported, settings: Object.keys(change).length }
  } finally {
    opened.close()
  }
}
