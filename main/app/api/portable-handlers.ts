import type { PORTABLE_CHANNELS, PortableFile } from '#shared/contract/portable-channels.ts'
import {
  changeOf,
  importRules,
  PORTABLE_FILE_NAME,
  planOf,
  portableText,
  readPortable,
} from '../portable.ts'
import type { Handlers } from './answer.ts'
import { applySettings, type SettingsParts } from './app-handlers.ts'
import type { AppParts } from './parts.ts'

type PortableParts = SettingsParts &
  Pick<AppParts, 'rules' | 'watching' | 'surroundings' | 'home' | 'clock' | 'policy'>

export function portableHandlers(
  parts: PortableParts,
): Pick<Handlers, keyof typeof PORTABLE_CHANNELS> {
  const { settings, rules, watching, surroundings, worker, home, clock, policy } = parts
  const plan = (file: PortableFile) => planOf(file, settings.settings, policy.locked)
  return {
    'portable.export': () => ({
      fileName: PORTABLE_FILE_NAME,
      text: portableText(settings.settings, rules.list()),
    }),
    'portable.read': ({ text }) => plan(readPortable(text)),
    async 'portable.import'({ text }) {
      const file = readPortable(text)
      const change = changeOf(file, plan(file))
      await applySettings(parts, change)
      const { added, refused } = await importRules(file, {
        ...{ home, rules, nowMs: clock.nowMs() },
        account: worker.connection?.identity,
        admit: (folder) => surroundings.admit(folder),
      })
      watching.reload()
      return {
        settings: Object.keys(change).length,
        rules: added.length,
        refused: [...refused],
      }
    },
  }
}
