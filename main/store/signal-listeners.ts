const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

const before = new Map(SIGNALS.map((signal) => [signal, process.rawListeners(signal)]))

/** Takes off the listeners to signals that have come since this module was loaded. */
export function takeOffLaterListeners(): void {
  for (const [signal, listeners] of before) {
    for (const listener of process.rawListeners(signal)) {
      if (!listeners.includes(listener)) process.off(signal, listener as NodeJS.SignalsListener)
    }
  }
}
