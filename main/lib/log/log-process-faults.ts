import type { OpenScope } from './log.ts'

/**
 * Logs errors that kill the process, and rejections that are not handled. The process ends as it
 * would have ended anyway.
 * @returns a function that stops this
 */
export function logProcessFaults(scope: OpenScope): () => void {
  const log = scope('process')
  const note = (error: unknown, origin: string) => log.error(origin, { error })
  process.on('uncaughtExceptionMonitor', note)
  return () => void process.off('uncaughtExceptionMonitor', note)
}
