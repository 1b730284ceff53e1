import { listDestinations } from '#main/app/run/list-destinations.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export interface DestinationsOptions {
  readonly create?: boolean
}

/** `feidi destinations [PLACE]`: the folders of a place, each as `--to` takes it. */
export async function destinations(
  session: Session,
  place: string | undefined,
  { create = false }: DestinationsOptions,
): Promise<ExitCode> {
  const { output, settings } = session
  const { json, verbose, language } = settings
  let count = 0
  for await (const { kind, name, path, to } of listDestinations(session, { place, create })) {
    count += 1
    if (json) output.json({ type: 'destination', kind, name, path, to })
    else if (path === undefined) output.say(`${to}  ${name}`)
    else output.say(verbose && to !== undefined ? `${path}  ${to}` : path)
  }
  if (count === 0 && !json) output.say(t(language, 'cli.noPlaces'))
  return EXIT.allDone
}
