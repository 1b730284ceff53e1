import { createRequire } from 'node:module'
import type Conf from 'conf'
import { noteSignalListeners } from './without-signal-listeners.ts'

const load = createRequire(import.meta.url)

let loaded: typeof Conf | undefined

/** `conf`, when it is first needed: it brings a JSON schema compiler that no upload has use for. */
export function loadConf(): typeof Conf {
  if (loaded !== undefined) return loaded
  const takeOff = noteSignalListeners()
  loaded = (load('conf') as { default: typeof Conf }).default
  takeOff()
  return loaded
}
