import type { MaySend, SensitiveFile } from '#shared/model/sensitive.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { ask } from './ask.ts'
import { shortPath } from './report/human-lines.ts'
import type { Session } from './session.ts'

const MOST_NAMED = 10

/** Asks once for all sensitive files at a terminal; without a person to ask, they stay here. */
export function maySend(session: Session, isAllowed: boolean): MaySend | undefined {
  if (isAllowed) return undefined
  const { settings, output } = session
  const { language } = settings
  return async (found) => {
    if (settings.json || !process.stdin.isTTY) return false
    output.warn(...linesOf(found, language))
    const answer = await ask(session, t(language, 'cli.sensitiveQuestion'), {
      instead: '--allow-sensitive',
    })
    return /^(y|yes|是|好)$/i.test(answer)
  }
}

function linesOf(found: readonly SensitiveFile[], language: Language): string[] {
  const more = found.length - MOST_NAMED
  return [
    t(language, 'cli.sensitiveFound', { count: found.length }),
    ...found
      .slice(0, MOST_NAMED)
      .map(({ path, kind }) => `  ${shortPath(path)}  ${t(language, `sensitive.${kind}`)}`),
    ...(more > 0 ? [`  ${t(language, 'cli.andMore', { count: more })}`] : []),
  ]
}
