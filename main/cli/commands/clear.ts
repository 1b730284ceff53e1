import { clearEnded } from '#main/app/clear-finished.ts'
import { openHome } from '#main/app/open-engine.ts'
import { t } from '#shared/text/t.ts'
import { ENDED, SETTLED } from '#shared/transfer/state-kinds.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export interface ClearOptions {
  readonly failed?: boolean
}

/** `feidi clear`: the list of uploads, not what is known about them. */
export async function clear(session: Session, { failed }: ClearOptions): Promise<ExitCode> {
  const { settings, output, version } = session
  const home = openHome({ ...settings, command: 'feidi clear', version })
  try {
    const kinds = failed ? ENDED : SETTLED
    const transfers = await clearEnded(home.stores.controls, kinds, Number.POSITIVE_INFINITY)
    if (settings.json) output.json({ type: 'cleared', transfers })
    else if (!settings.quiet) output.say(t(settings.language, 'cli.cleared', { count: transfers }))
    return EXIT.allDone
  } finally {
    home.close()
  }
}
