import { readFile } from 'node:fs/promises'
import { importIntoHome, portableTextOf } from '#main/app/portable-home.ts'
import type { PortablePlan } from '#shared/contract/portable-channels.ts'
import { explain } from '#shared/errors/explain.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export interface ImportOptions {
  readonly yes?: boolean
}

/** `feidi settings export`: prints settings and rules as JSON, without anything secret. */
export async function exportSettings({ settings, output }: Session): Promise<ExitCode> {
  const text = portableTextOf(settings.home)
  if (settings.json) output.json(JSON.parse(text) as object)
  else output.say(...text.trimEnd().split('\n'))
  return EXIT.allDone
}

/** `feidi settings import FILE`: shows what the file holds, asks, and takes it over; rules arrive paused. */
export async function importSettings(
  session: Session,
  path: string,
  { yes = false }: ImportOptions,
): Promise<ExitCode> {
  const { settings, output, version } = session
  const { home, language, json } = settings
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new TransferError('settings-file-invalid', { detail: path, cause })
  })
  const imported = await importIntoHome({ home, version }, text, async (plan) => {
    if (yes) return true
    output.warn(...planLines(plan, language))
    const answer = await ask(session, t(language, 'cli.importQuestion'), { instead: '--yes' })
    return /^(y|yes|是|好)$/i.test(answer)
  })
  if (imported === undefined) return EXIT.usage
  const { added, refused, settings: changed } = imported
  if (json) {
    output.json({ type: 'settings-imported', settings: changed, rules: added.length, refused })
  } else {
    output.say(t(language, 'cli.imported', { count: added.length, settings: changed }))
  }
  for (const { folder, error } of refused) {
    const { message } = explain(error, language, { final: true })
    output.warn(t(language, 'cli.importRefused', { folder, reason: message }))
  }
  return refused.length === 0 ? EXIT.allDone : EXIT.usage
}

function planLines({ settings, rules }: PortablePlan, language: Language): string[] {
  const lines = rules.map(({ folder, destination, shareWith, allowSensitive }) => {
    const notes = [
      ...(shareWith === null ? [] : [t(language, 'cli.importShares', { person: shareWith })]),
      ...(allowSensitive ? [t(language, 'cli.importSensitive')] : []),
    ]
    return `  ${[`${folder} → ${destination}`, ...notes].join(' · ')}`
  })
  const names = settings.length === 0 ? '–' : settings.join(', ')
  return [t(language, 'cli.importSettings', { names }), ...lines]
}
