import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { HostOptions } from './host-options.ts'

/** Faults of ours go to the log, and to whoever else wants to know. */
export function faultLogger(log: HomeLog, tell: HostOptions['onFault']): HostOptions['onFault'] {
  const scope = log.scope('host')
  return (what, error) => {
    scope.error(`fault: ${what}`, { error })
    tell(what, error)
  }
}
