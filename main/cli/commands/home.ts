import { type OpenHome, openHome } from '#main/app/open-engine.ts'
import { systemClock } from '#main/lib/clock.ts'
import { explain } from '#shared/errors/explain.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { say } from '../texts.ts'

/** `feidi home`: which home it is, how far it has come, and whether it may be used here. */
export async function showHome(session: Session): Promise<ExitCode> {
  return withHome(session, ({ standing }) => show(session, standing))
}

/** `feidi home adopt`: this one is the home to go on with, on this computer. */
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
      ...{ type: 'home', home, ...facts, ok: problem === undefined },
      ...(problem !== undefined && { error: { code: problem.code, ...told } }),
    })
  } else if (!quiet || problem !== undefined) {
    output.say(
      `${say('home', language)}: ${home}`,
      say('homeFacts', language, { id: facts.id, generation: facts.generation }),
      say(`machine-${facts.machine}`, language),
      ...(told === undefined ? [] : [told.message, `${say('whatToDo', language)}: ${told.remedy}`]),
    )
  }
  return problem === undefined ? EXIT.allDone : EXIT.usage
}
