import { askForLink } from '#main/web/link-door.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

/** `feidi link`: lets one more browser in to the `feidi serve` of this home. */
export async function link({ settings, output }: Session): Promise<ExitCode> {
  const { home, language, json } = settings
  const { url, expiresAtMs } = await askForLink(home)
  if (json) output.json({ type: 'link', url, expiresAtMs })
  else output.say(t(language, 'cli.link'), url, t(language, 'cli.linkLife'))
  return EXIT.allDone
}
