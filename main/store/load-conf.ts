import { createRequire } from 'node:module'
import type Conf from 'conf'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

const load = createRequire(import.meta.url)

let loaded: typeof Conf | undefined

/**
 * `conf`, when it is first needed: it brings a JSON schema compiler that no upload has use for.
 *
 * A package below it (when-exit) listens to signals and sends each to the process once more, which
 * whoever stops cleanly would take for a second Ctrl+C. Its listeners are taken off again: all they
 * do is remove a temporary file that the next write replaces.
 */
export function loadConf(): typeof Conf {
  if (loaded !== undefined) return loaded
  const before = new Map(SIGNALS.map((signal) => [signal, process.rawListeners(signal)]))
  loaded = (load('conf') as { default: typeof Conf }).default
  for (const [signal, listeners] of before) {
    for (const listener of process.rawListeners(signal)) {
      if (!listeners.includes(listener)) process.off(signal, listener as NodeJS.SignalsListener)
    }
  }
  return loaded
}
