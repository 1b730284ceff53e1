import type { SettingsChange } from '#shared/contract/settings-schema.ts'
import { saveSettings } from '../../data/app.ts'
import { say } from '../../data/text.ts'
import { toast } from '../../ui/toasts.tsx'

export type SetSettings = (change: SettingsChange) => void

/** Saves, and says so only where a person would not see it by themselves. */
export const setSettings: SetSettings = (change) => {
  void saveSettings(change).then((isSaved) => {
    if (!isSaved) toast(say('invalidValue'))
  })
}
