import type { UPDATE_CHANNELS } from '#shared/contract/update-channels.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

export function updateHandlers({
  updates,
}: Pick<AppParts, 'updates'>): Pick<Handlers, keyof typeof UPDATE_CHANNELS> {
  return {
    'updates.look': async () => ({ error: await updates.look() }),
    'updates.download'() {
      updates.installation.download()
      return {}
    },
    'updates.install'() {
      void updates.installation.install()
      return {}
    },
    'updates.stop'() {
      updates.installation.stop()
      return {}
    },
  }
}
