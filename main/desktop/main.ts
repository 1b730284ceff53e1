/** The desktop app: one window on the queue, with the engine behind it. */
import { join } from 'node:path'
import * as electron from 'electron'
import { runShell } from './run-shell.ts'

// After `conf`, its base, which `main/store/conf.ts` loads without its listeners to signals.
const { default: Store } = await import('electron-store')

// Not awaited: Electron is not ready before this module has been evaluated, which would wait for that.
void runShell({
  electron,
  process,
  openConf: ({ configName, ...options }) => new Store({ name: configName, ...options }),
  entry: import.meta.filename,
  preload: join(import.meta.dirname, '../../preload/preload.cjs'),
})
