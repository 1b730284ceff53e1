const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Loads `conf`, or what is made of it. A package below it (when-exit) listens to signals and sends
 * each to the process once more, which whoever stops cleanly would take for a second Ctrl+C. Its
 * listeners are taken off again: all they do is remove a temporary file that the next write replaces.
 */
export async function withoutSignalListeners<T>(load: () => Promise<T>): Promise<T> {
  const takeOff = noteSignalListeners()
  try {
    return await load()
  } finally {
    takeOff()
  }
}

/** @returns takes off whoever has come to listen to signals since */
export function noteSignalListeners(): () => void {
  const before = new Map(SIGNALS.map((signal) => [signal, process.rawListeners(signal)]))
  return () => {
    for (const [signal, listeners] of before) {
      for (const listener of process.rawListeners(signal)) {
        if (!listeners.includes(listener)) process.off(signal, listener as NodeJS.SignalsListener)
      }
    }
  }
}
