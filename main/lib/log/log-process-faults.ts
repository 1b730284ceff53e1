import type { OpenScope } from './log.ts'

/**
 * Notes what kills the process, and rejections that nobody handles. The process ends as it would
 * have ended anyway.
 * @returns stops doing so
 */
export function logProcessFaults(scope: OpenScope): () => void {
  const log = scope('process')
  const note = (error: unknown, origin: string) => log.error(origin, { error })
  process.on('uncaughtExceptionMonitor', note)
  return () => void process.off('uncaughtExceptionMonitor', note)
}
