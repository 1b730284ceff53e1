import { arch, release } from 'node:os'
import type { HostParts } from './handlers/parts.ts'
import { quotaToday } from './quota-today.ts'
import { countsOf } from './tabs.ts'

/** Failures that are told of, the last ones leading. */
const MOST_FAILURES = 50

/** What support needs to help, as JSON. No secret is known here, and no name of a file is told. */
export function diagnosticsText(parts: HostParts): string {
  const { stores, worker, settings, account, clock, version, surroundings } = parts
  const nowMs = clock.nowMs()
  const counts = countsOf(stores.windows.tallies())
  const failures = stores.windows
    .window({
      kinds: ['failed', 'blocked', 'waiting'],
      search: '',
      order: 'added',
      descending: true,
      offset: 0,
      limit: MOST_FAILURES,
    })
    .map(({ id, sizeBytes, sentBytes, state }) => {
      if (!('error' in state)) return { id, kind: state.kind }
      // The detail may hold a path.
      const { detail: _, ...error } = state.error
      return { id, kind: state.kind, sizeBytes, sentBytes, error }
    })
  const { appId: _, ...knownOfAccount } = account.view
  const report = {
    madeAt: new Date(nowMs).toISOString(),
    version,
    host: surroundings.host,
    node: process.versions.node,
    system: `${process.platform} ${release()} ${arch()}`,
    account: knownOfAccount,
    settings: { ...settings.settings, caFile: settings.settings.caFile === null ? null : 'set' },
    engine: worker.state(counts.byTab.active > 0).kind,
    counts: counts.byState,
    quota: quotaToday(stores, nowMs),
    failures,
    memory: process.memoryUsage(),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
