import type { SettingsChange } from '#shared/contract/settings-schema.ts'
import { saveSettings } from '../../data/app.ts'
import { i18n } from '../../i18n/i18n.ts'
import { toast } from '../../ui/toasts.tsx'

export type SetSettings = (change: SettingsChange) => void

/** Saves, and says so only where a person would not see it by themselves. */
export const setSettings: SetSettings = (change) => {
  void saveSettings(change).then(({ ok, restart }) => {
    if (!ok) toast(i18n.t('invalidValue'))
    else if (restart.length > 0) toast(i18n.t('afterRestart'))
  })
}
