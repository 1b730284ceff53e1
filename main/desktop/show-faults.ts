import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { ShellProcess } from './electron-parts.ts'
import type { Questions } from './questions.ts'

/**
 * Errors that nobody has caught are logged and shown. Progress is on disk whatever happens, so it is
 * up to the person whether to start again at once.
 * @returns stops doing so
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
    // Where there is one there are often many; one message is enough.
    if (isShown) return
    isShown = true
    const answer = await questions.ask({
      type: 'error',
      message: 'fault',
      detail: 'faultDetail',
      extra: log.file,
      buttons: ['restart', 'continue'],
      onEscape: 'continue',
    })
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
