import type { CallContext } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** Ahead of every upload at the gate. */
export const FIRST = -1

/** Behind every upload at the gate. */
const LAST = Number.MAX_SAFE_INTEGER

/** Returns a context for calls that nothing waits for. */
export function lastInLine(signal: AbortSignal): CallContext {
  return { rank: LAST, stopping: signal, aborted: signal, onHold: () => undefined }
}

interface Asking {
  /** Its place at the gate: lower goes first. Absent: behind all others. */
  readonly rank?: number
  readonly limitMs: number
}

/**
 * Makes calls that a person waits for.
 * @throws TransferError also when there is no network now, and `idle-timeout` when time is up
 */
export async function askForPerson<T>(
  signal: AbortSignal,
  { rank = LAST, limitMs }: Asking,
  ask: (context: CallContext) => Promise<T>,
): Promise<T> {
  const offline = new AbortController()
  const limited = AbortSignal.any([signal, offline.signal, AbortSignal.timeout(limitMs)])
  const onHold: CallContext['onHold'] = (hold) => {
    // An upload would wait for the network; a person who asks is told.
    if (hold?.reason === 'network') offline.abort(hold.error)
  }
  try {
    return await ask({ rank, stopping: limited, aborted: limited, onHold })
  } catch (thrown) {
    const isLate = limited.aborted && !offline.signal.aborted && !signal.aborted
    throw isLate ? new TransferError('idle-timeout') : thrown
  }
}
