import { type OpenHome, openHome } from '#main/app/open-engine.ts'
import { systemClock } from '#main/lib/clock.ts'
import { explain } from '#shared/errors/explain.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

/** `feidi home`: which home it is, how far it has come, and whether it may be used here. */
export async function showHome(session: Session): Promise<ExitCode> {
  return withHome(session, ({ standing }) => show(session, standing))
}

/** `feidi home adopt`: makes this home the one to continue with, on this computer. */
export async function adoptHome(session: Session): Promise<ExitCode> {
  return withHome(session, ({ standing }) => {
    standing.adopt(systemClock.nowMs())
    return show(session, standing)
  })
}

function withHome({ settings, version }: Session, work: (home: OpenHome) => ExitCode): ExitCode {
  const home = openHome({ home: settings.home, command: 'feidi home', version })
  try {
    return work(home)
  } finally {
    home.close()
  }
}

function show({ settings, output }: Session, { facts, problem }: OpenHome['standing']) {
  const { home, language, json, quiet } = settings
  const told =
    problem && explain(errorInfo(problem, systemClock.nowMs()), language, { final: true })
  if (json) {
    output.json({
      type: 'home',
      home,
      ...facts,
      ok: problem === undefined,
      ...(problem !== undefined && { error: { code: problem.code, ...told } }),
    })
  } else if (!quiet || problem !== undefined) {
    output.say(
      t(language, 'cli.home', { home }),
      t(language, 'cli.homeFacts', { id: facts.id, generation: String(facts.generation) }),
      t(language, `machine.${facts.machine}`),
      ...(told === undefined
        ? []
        : [told.message, t(language, 'cli.whatToDo', { remedy: told.remedy })]),
    )
  }
  return problem === undefined ? EXIT.allDone : EXIT.usage
}
