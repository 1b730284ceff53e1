import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { AlertKeeper, readGivenAlerts } from './alert-keeper.ts'

/**
 * Opens the receiver of a home, for a process that need not own it.
 * @throws TransferError `settings-corrupt`, `alert-url-invalid`, `usage`
 */
export function alertKeeperOf(
  home: string,
  env: Parameters<typeof readGivenAlerts>[0],
): AlertKeeper {
  return new AlertKeeper(openSettings(home), keyFileBox(home), readGivenAlerts(env))
}
