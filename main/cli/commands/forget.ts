import { resolve } from 'node:path'
import { forgetFiles } from '#main/app/forget-files.ts'
import { openHome } from '#main/app/open-engine.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { shortPath } from '../report/human-lines.ts'
import type { Session } from '../session.ts'

/** `feidi forget PATH...`: files, or all in folders, need not be there any more. */
export async function forget(session: Session, paths: readonly string[]): Promise<ExitCode> {
  const { settings, output, version } = session
  const home = openHome({ ...settings, command: 'feidi forget', version })
  try {
    for (const path of paths.map((given) => resolve(given))) {
      const copies = forgetFiles(home.stores, path)
      if (settings.json) output.json({ type: 'forgotten', path, copies })
      else if (!settings.quiet) output.say(wordsFor(session, path, copies))
    }
    return EXIT.allDone
  } finally {
    home.close()
  }
}

function wordsFor({ settings: { language } }: Session, path: string, copies: number): string {
  const words =
    copies === 0 ? t(language, 'cli.forgotNothing') : t(language, 'cli.forgot', { count: copies })
  return `${shortPath(path)}  ${words}`
}
