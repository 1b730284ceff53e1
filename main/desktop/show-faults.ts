import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { ShellProcess } from './electron-parts.ts'
import type { Questions } from './questions.ts'

/**
 * Logs and shows uncaught errors. Progress is on disk in any case, so the person decides whether to
 * restart at once.
 * @returns a function that stops doing so
 */
export function showFaults(
  process: ShellProcess,
  log: HomeLog,
  questions: Questions,
  restart: () => void,
): () => void {
  let isShown = false
  const show = async (error: unknown, origin: string) => {
    log.scope('shell').error(origin, { error })
    // One error often comes with many; one message is enough.
    if (isShown) return
    isShown = true
    const answer = await questions
      .ask({
        type: 'error',
        message: 'fault',
        detail: 'faultDetail',
        extra: log.file,
        buttons: ['restart', 'continue'],
        onEscape: 'continue',
      })
      // A fault in showing it is not one more to show.
      .catch((second: unknown) => log.scope('shell').error('showFaults', { error: second }))
    isShown = false
    if (answer === 'restart') restart()
  }
  const onException = (error: unknown) => void show(error, 'uncaughtException')
  const onRejection = (error: unknown) => void show(error, 'unhandledRejection')
  process.on('uncaughtException', onException)
  process.on('unhandledRejection', onRejection)
  return () => {
    process.off('uncaughtException', onException)
    process.off('unhandledRejection', onRejection)
  }
}
