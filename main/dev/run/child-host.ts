/** The web host from its sources: `node --watch child-host.ts PORT FOLDER` prints its link at each start. */

import { chooseLanguage } from '#main/cli/settings.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { resolveHome } from '#main/lib/resolve-home.ts'
import { openWebHost } from '#main/web/open-web-host.ts'

const [port, folder = ''] = process.argv.slice(2)
const home = resolveHome({ env: process.env })
const log = openLog(home)
log.setLevel('debug')
const host = await openWebHost({
  home,
  version: 'dev',
  address: '127.0.0.1',
  port: Number(port),
  password: undefined,
  allow: [folder],
  credentials: undefined,
  systemLanguage: chooseLanguage(undefined, process.env),
  given: { baseUrl: process.env['FEIDI_BASE_URL'] },
  log,
  onFault: (what, error) => process.stderr.write(`${what}: ${String(error)}\n`),
})
process.stdout.write(`${host.newLink().url}\n`)
// Node ends it to start it again; Ctrl+C reaches it as well.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void host.close(0).then(() => process.exit()))
}
