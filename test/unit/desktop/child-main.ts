/** Starts the program of the desktop with an `electron` that never gets ready, and tells who listens to signals. */
import { registerHooks } from 'node:module'

const ELECTRON = `
  const nothing = () => {}
  export const app = {
    isPackaged: true, on: nothing, setPath: nothing,
    requestSingleInstanceLock: () => true, whenReady: () => new Promise(nothing),
  }
  export const crashReporter = { start: nothing }
  export const protocol = { registerSchemesAsPrivileged: nothing }
  export default { app }
`

registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(ELECTRON)}`, shortCircuit: true }
      : next(name, context),
})
await import('#main/desktop/main.ts')
const counts = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal))
process.stdout.write(JSON.stringify(counts))
