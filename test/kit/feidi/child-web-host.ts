/** Serves a home as `feidi serve` does, and tells how late its event loop is while others look on. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openLog } from '#main/lib/log/open-log.ts'
import { openWebHost } from '#main/web/open-web-host.ts'

export interface WebHostInput {
  readonly home: string
  readonly folder: string
  readonly rendererFolder: string
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
}

/** The questions it accepts, and its answers. */
export type Question = 'link' | 'watch' | 'delay' | 'end'
export type Answer = { readonly link: string } | Delay | { readonly ok: true }

/** The delay of timers since `watch`, ms. */
export interface Delay {
  readonly p99: number
  readonly longest: number
}

const RESOLUTION_MS = 1

const { home, folder, rendererFolder, baseUrl, appId, appSecret } = JSON.parse(
  process.argv[2] ?? '',
) as WebHostInput
const host = await openWebHost({
  home,
  rendererFolder,
  version: '0.0.0',
  address: '127.0.0.1',
  port: 0,
  password: undefined,
  allow: [folder],
  credentials: { kind: 'app', appId, appSecret },
  systemLanguage: 'en',
  given: { baseUrl },
  log: openLog(home),
  onFault: (what, error) => process.stderr.write(`${what}: ${String(error)}\n`),
})
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
const late = (ns: number) => Math.max(0, ns / 1e6 - RESOLUTION_MS)

process.on('message', (question: Question) => void answer(question))
process.send?.({ ok: true } satisfies Answer)

async function answer(question: Question): Promise<void> {
  const send = (value: Answer) => process.send?.(value)
  switch (question) {
    case 'link':
      return void send({ link: host.newLink().url })
    case 'watch':
      delays.reset()
      delays.enable()
      return void send({ ok: true })
    case 'delay':
      return void send({ p99: late(delays.percentile(99)), longest: late(delays.max) })
    case 'end':
      await host.close(0)
      process.disconnect()
  }
}
