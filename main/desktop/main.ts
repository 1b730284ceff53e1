/** The desktop app: one window on the queue, with the engine behind it. */
import { join } from 'node:path'
import * as electron from 'electron'
// After `conf`, its base, which `run-shell.ts` leads to and loads without its listeners to signals.
import Store from 'electron-store'
import { runShell } from './run-shell.ts'

// Not awaited: Electron is not ready before this module has been evaluated, which would wait for that.
void runShell({
  electron,
  process,
  openConf: ({ configName, ...options }) => new Store({ name: configName, ...options }),
  entry: import.meta.filename,
  preload: join(import.meta.dirname, '../../preload/preload.cjs'),
})
