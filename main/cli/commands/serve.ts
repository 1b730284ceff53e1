import { once } from 'node:events'
import { isAbsolute, resolve } from 'node:path'
import { findCredentials } from '#main/app/accounts/actor.ts'
import { readGivenAlerts } from '#main/app/alerts/alert-keeper.ts'
import { openWebHost, type WebHost, type WebHostOptions } from '#main/web/open-web-host.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export interface ServeOptions {
  readonly host: string
  readonly port: string
  readonly publicUrl?: string
  readonly allow: readonly string[]
}

const MOST_PORT = 65_535
/** All of the stop has to fit into two seconds. */
const STOP_GRACE_MS = 1_000

/** `feidi serve`: works on the queue and shows it to a browser, until it is stopped. */
export async function serve(session: Session, options: ServeOptions): Promise<ExitCode> {
  const { settings, output, interrupted } = session
  const web = await openWebHost(webOptions(session, options))
  try {
    const { url } = web.newLink()
    const { language } = settings
    if (settings.json) output.json({ type: 'serving', url, port: web.port })
    else output.say(t(language, 'cli.serving'), url, t(language, 'cli.linkLife'))
    if (!interrupted.aborted) await once(interrupted, 'abort')
  } finally {
    await stop(web)
  }
  return EXIT.interrupted
}

function stop(web: WebHost): Promise<void> {
  return web.close(STOP_GRACE_MS)
}

function webOptions(session: Session, options: ServeOptions): WebHostOptions {
  const { settings, env, output } = session
  const { baseUrl, caFile, lanes, callsPerDay, limiterUrl } = settings
  const { bandwidthBytesPerSecond, singleCallLimit } = settings
  return {
    home: settings.home,
    version: session.version,
    address: options.host,
    port: portOf(options.port),
    publicUrl: options.publicUrl,
    // Never an argument: other users of the machine can read those.
    password: env['FEIDI_WEB_PASSWORD'] || undefined,
    allow: options.allow.map((folder) => (isAbsolute(folder) ? folder : resolve(folder))),
    credentials: findCredentials(env),
    systemLanguage: settings.language,
    given: {
      baseUrl,
      caFile,
      callsPerDay,
      limiterUrl,
      bandwidthBytesPerSecond,
      // `auto` means that no value was given: then the person's setting counts.
      ...(lanes !== 'auto' && { lanes }),
      ...(singleCallLimit !== 'auto' && { singleCallLimit }),
    },
    log: session.log,
    givenAlerts: readGivenAlerts(env),
    onFault(what, error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      output.warn(...`feidi: ${what}: ${text}`.split('\n'))
    },
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= MOST_PORT) return port
  throw new TransferError('usage', { detail: `--port ${text} (0-${MOST_PORT})` })
}
