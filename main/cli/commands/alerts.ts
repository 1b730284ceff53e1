import { deliver, testMessage } from '#main/app/alerts/deliver.ts'
import { alertKeeperOf } from '#main/app/alerts/keeper-of-home.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { AlertsView } from '#shared/contract/alert-channels.ts'
import { explain } from '#shared/errors/explain.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export interface AlertsOptions {
  readonly test?: boolean
}

/** `feidi alerts`: the receiver of messages; with `--test` it gets one. */
export async function alerts(session: Session, options: AlertsOptions): Promise<ExitCode> {
  const { settings, env, output, log } = session
  const { home, language, json } = settings
  const keeper = alertKeeperOf(home, env)
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

function describe({ host, silentHours }: AlertsView, language: Language): string[] {
  return [
    host === null ? t(language, 'cli.alertsNowhere') : t(language, 'cli.alertsTo', { host }),
    ...(silentHours === null ? [] : [t(language, 'cli.alertsSilent', { hours: silentHours })]),
  ]
}
