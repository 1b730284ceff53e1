import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { syncFolder } from '#main/lib/sync-folder.ts'
import { Conf } from './conf.ts'
import { prepareHome, proveRoom } from './home.ts'
import {
  readSettings,
  SETTINGS_NAME,
  SETTINGS_VERSION,
  type SettingsReader,
  settingsPath,
} from './read-settings.ts'
import { mappingErrors } from './store-errors.ts'
import { whileLocked } from './while-locked.ts'

/**
 * The format of `settings.json`. electron-store, which is `conf` underneath, opens the same file on
 * the desktop with the same options (its `name` is the `configName`).
 */
const SETTINGS_FORMAT = {
  configName: SETTINGS_NAME,
  fileExtension: 'json',
  /** The file is private: what is watched, and where it goes, concerns no one else. */
  configFileMode: 0o600,
  accessPropertiesByDotNotation: false,
} as const

/** For what any file takes beside its content. */
const ROOM_BYTES = 4_096

/** Settings, accounts and watch rules of a home: what changes when a person changes it. */
export interface SettingsFile extends SettingsReader {
  readonly path: string
  /** Replaces one part by what `change` makes of it; the others stay as they are. One writer at a time. */
  change<S extends z.ZodType>(
    part: string,
    schema: S,
    change: (before: z.output<S>) => z.output<S>,
  ): void
}

/** Opens the file to write it: `conf`, or on the desktop electron-store. */
export type OpenConf = (
  options: typeof SETTINGS_FORMAT & { readonly cwd: string },
) => Pick<Conf, 'set'>

const openWithConf: OpenConf = (options) => new Conf(options)

/** The settings of a home. Any process may read and change them, the owner of the home or not. */
export function openSettings(home: string, openConf: OpenConf = openWithConf): SettingsFile {
  const path = settingsPath(home)
  const { read, look } = readSettings(home)
  return {
    path,
    read,
    look,
    change(part, schema, change) {
      prepareHome(home)
      mappingErrors(path, () =>
        whileLocked(join(home, 'settings.lock'), () => {
          const next = change(read(part, schema))
          // `conf` takes it for written when a disk that is all but full took only the first half.
          proveRoom(home, mostBytes(path, next))
          // It writes aside, flushes and renames; the rename itself it leaves to the system.
          const file = openConf({ cwd: home, ...SETTINGS_FORMAT })
          file.set({ version: SETTINGS_VERSION, [part]: next })
          syncFolder(home)
        }),
      )
    },
  }
}

/** The file as it is with the new part beside the old one, indented: it does not get bigger than that. */
function mostBytes(path: string, part: unknown): number {
  const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return before + Buffer.byteLength(JSON.stringify({ part }, undefined, '\t\t')) + ROOM_BYTES
}
