/** The desktop app: one window on the queue, with the engine behind it. */

import './run-shell.ts'

// Apart from the line above, which has to be evaluated first: it leads to `conf`, the base of electron-store,
// and takes off its listeners to signals. Do not await here: Electron may get ready before a module that waits.
import { join } from 'node:path'
import * as electron from 'electron'
import Store from 'electron-store'
import { runShell } from './run-shell.ts'
import { realUpdateParts } from './update-installer.ts'

/** Set by the build (`FEIDI_UPDATE_FEED`); nothing that a person can change says where versions come from. */
declare const FEIDI_COMPILED_FEED: string | undefined
/** Set by the build (`FEIDI_SIGNED`), which then signs what it makes. */
declare const FEIDI_COMPILED_SIGNED: boolean | undefined

void runShell({
  electron,
  process,
  openConf: ({ configName, ...options }) => new Store({ name: configName, ...options }),
  updateFeed:
    typeof FEIDI_COMPILED_FEED === 'string' ? FEIDI_COMPILED_FEED || undefined : undefined,
  updates: realUpdateParts(typeof FEIDI_COMPILED_SIGNED === 'boolean' && FEIDI_COMPILED_SIGNED),
  entry: import.meta.filename,
  preload: join(import.meta.dirname, '../../preload/preload.cjs'),
})
