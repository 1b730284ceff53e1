/** The desktop app: one window on the queue, with the engine behind it. */

import './run-shell.ts'

// Apart from the line above, which has to be evaluated first: it leads to `conf`, the base of electron-store,
// and takes off its listeners to signals. Do not await here: Electron may get ready before a module that waits.
import { join } from 'node:path'
import * as electron from 'electron'
import Store from 'electron-store'
import { runShell } from './run-shell.ts'

void runShell({
  electron,
  process,
  openConf: ({ configName, ...options }) => new Store({ name: configName, ...options }),
  entry: import.meta.filename,
  preload: join(import.meta.dirname, '../../preload/preload.cjs'),
})
