import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { LIMITER_PART, LimiterKeeper } from '../limiter-keeper.ts'
import type { Policy } from '../policy/policy.ts'
import { SealedText } from '../sealed-text.ts'
import type { RunSettings } from '../session.ts'
import { SettingsKeeper } from '../settings-keeper.ts'

/**
 * Returns settings with the limits that the person has set in the app, where the command line says nothing. The password
 * of a limiter that the desktop app has sealed with the system's keychain stays closed to a command.
 * @throws TransferError `settings-corrupt`, having moved the file aside
 */
export async function withLimitsOfPerson<Settings extends RunSettings>(
  settings: Settings,
  policy: Policy,
): Promise<Settings> {
  const { home } = settings
  const file = openSettings(home)
  const keeper = new SettingsKeeper(file, policy)
  const { limits, bandwidthBytesPerSecond } = keeper.settings
  const sealed = new SealedText(file, LIMITER_PART, keyFileBox(home))
  const limiterUrl = settings.limiterUrl ?? limits.shared ?? undefined
  return {
    ...settings,
    callsPerDay: settings.callsPerDay ?? limits.callsPerDay ?? undefined,
    bandwidthBytesPerSecond:
      settings.bandwidthBytesPerSecond ?? bandwidthBytesPerSecond ?? undefined,
    limiterUrl,
    limiterPassword: await new LimiterKeeper(keeper, sealed, limiterUrl).passwordFor(limiterUrl),
  }
}
