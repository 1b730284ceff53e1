import { text } from 'node:stream/consumers'
import type { AlertKeeper } from '#main/app/alerts/alert-keeper.ts'
import { deliver, testMessage } from '#main/app/alerts/deliver.ts'
import { alertKeeperOf } from '#main/app/alerts/keeper-of-home.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { AlertsView } from '#shared/contract/alert-channels.ts'
import { explain } from '#shared/errors/explain.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { MOST_SILENT_HOURS } from '#shared/model/alerts.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { wrong } from '../option-values.ts'
import type { Session } from '../session.ts'

export interface AlertsOptions {
  readonly set?: boolean
  readonly off?: boolean
  readonly hours?: string
  readonly test?: boolean
}

/** `feidi alerts`: the receiver of messages, and its setting; with `--test` it gets one. */
export async function alerts(session: Session, options: AlertsOptions): Promise<ExitCode> {
  const { settings, env, output, log } = session
  const { home, language, json } = settings
  const keeper = alertKeeperOf(home, env)
  await change(session, keeper, options)
  if (options.test !== true) {
    if (json) output.json({ type: 'alerts', ...keeper.view })
    else output.say(...describe(keeper.view, language))
    return EXIT.allDone
  }
  if (!keeper.hasTarget) {
    if (json) output.json({ type: 'alerts', ...keeper.view })
    else output.warn(...describe(keeper.view, language))
    return EXIT.usage
  }
  const failure = await deliver(
    {
      keeper,
      clock: systemClock,
      log: log.scope('command'),
      redactor: log.redactor,
      wayTo: async () => ({ caFile: settings.caFile, env }),
    },
    testMessage(language),
  )
  if (json) output.json({ type: 'alert-test', error: failure })
  else if (failure === null) output.say(t(language, 'cli.alertSent'))
  else {
    const { message, remedy } = explain(failure, language, { final: true })
    output.warn(message, remedy)
  }
  return failure === null ? EXIT.allDone : EXIT.someFailed
}

/** @throws TransferError `usage`, `alert-url-invalid` */
async function change(
  session: Session,
  keeper: AlertKeeper,
  { set = false, off = false, hours }: AlertsOptions,
): Promise<void> {
  if (set && off) throw new TransferError('usage', { detail: '--set, --off' })
  if (hours !== undefined) await keeper.set({ silentHours: silentHours(hours) })
  if (off) await keeper.set({ receiver: null })
  if (set) await keeper.set({ receiver: await readReceiver(session) })
}

/** The address of a bot is a secret: it is in no argument, which others on the machine can see. */
async function readReceiver(session: Session): Promise<{ url: string; secret: string | null }> {
  const { language } = session.settings
  const read = await (process.stdin.isTTY
    ? askForReceiver(session, language)
    : text(process.stdin).then((all) => all.split(/\r?\n/).map((line) => line.trim())))
  const [url = '', secret = ''] = read
  session.log.redactor.hideForGood(url)
  return { url, secret: secret || null }
}

async function askForReceiver(session: Session, language: Language): Promise<string[]> {
  const secretly = { isSecret: true, instead: '--set' }
  const url = await ask(session, t(language, 'cli.alertAddress'), secretly)
  return [url, await ask(session, t(language, 'cli.alertKey'), secretly)]
}

function silentHours(words: string): number | null {
  if (words === 'never') return null
  const hours = Number(words)
  if (Number.isInteger(hours) && hours >= 1 && hours <= MOST_SILENT_HOURS) return hours
  throw wrong('--hours', words, `1-${MOST_SILENT_HOURS} | never`)
}

function describe({ host, silentHours }: AlertsView, language: Language): string[] {
  return [
    host === null ? t(language, 'cli.alertsNowhere') : t(language, 'cli.alertsTo', { host }),
    ...(silentHours === null ? [] : [t(language, 'cli.alertsSilent', { hours: silentHours })]),
  ]
}
