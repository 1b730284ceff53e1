import { outlivesItsTerminal } from '#main/lib/hang-up.ts'
import { endProcess } from './end-process.ts'
import { EXIT } from './exit-code.ts'

/** Time for a clean stop; the contract allows two seconds. */
const LAST_RESORT_MS = 1_800

/**
 * A signal that aborts on SIGINT or SIGTERM, and on SIGHUP where the process belongs to a terminal. A
 * second one, or a stop that takes too long, ends the process on the spot: everything acknowledged is
 * on disk at any moment.
 */
export function untilInterrupted(onFirst: () => void): AbortSignal {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) return endProcess(EXIT.interrupted)
    onFirst()
    setTimeout(() => endProcess(EXIT.interrupted), LAST_RESORT_MS).unref()
    controller.abort(new Error('interrupted'))
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  // Without a listener the signal would end the process.
  process.on('SIGHUP', outlivesItsTerminal() ? () => {} : interrupt)
  return controller.signal
}
