import { readLogTail } from '#main/lib/log/read-log-tail.ts'
import type { DIAGNOSTICS_CHANNELS } from '#shared/contract/diagnostics-channels.ts'
import type { Handlers } from './answer.ts'
import { type DiagnosticsParts, diagnosticsText } from './diagnostics.ts'
import type { AppParts } from './parts.ts'

/** The most a page can show without trouble. */
const MOST_SHOWN_BYTES = 512 * 1024

export function diagnosticsHandlers(
  parts: DiagnosticsParts & Pick<AppParts, 'clock' | 'log' | 'home' | 'surroundings'>,
): Pick<Handlers, keyof typeof DIAGNOSTICS_CHANNELS> {
  const { clock, log, home, surroundings } = parts
  const day = () => new Date(clock.nowMs()).toISOString().slice(0, 10)
  return {
    'diagnostics.export': async ({ withFileNames }) => ({
      fileName: `feidi-diagnostics-${day()}.txt`,
      text: await diagnosticsText(parts, withFileNames),
    }),
    'diagnostics.log': () => ({
      fileName: `feidi-${day()}.log`,
      ...readLogTail(log.file, MOST_SHOWN_BYTES),
    }),
    async 'diagnostics.reveal'({ place }) {
      await surroundings.reveal(place === 'home' ? home : log.file)
      return {}
    },
  }
}
