import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { Conf } from './conf.ts'
import { prepareHome, proveRoom } from './home.ts'
import { mappingErrors } from './store-errors.ts'
import { syncFolder } from './sync-folder.ts'
import { whileLocked } from './while-locked.ts'

/** Rises when an older program could no longer read the file. Builds before 1.0 had lower ones. */
const VERSION = 2

/**
 * How `settings.json` is written. electron-store, which is `conf` underneath, opens the same file on
 * the desktop with the same options (its `name` is the `configName`).
 */
const SETTINGS_FORMAT = {
  configName: 'settings',
  fileExtension: 'json',
  /** What is watched, and where it goes, is nobody else's business. */
  configFileMode: 0o600,
  accessPropertiesByDotNotation: false,
} as const

/** For what any file takes beside its content. */
const ROOM_BYTES = 4_096

const settingsSchema = z.looseObject({ version: z.number().int().min(1) })

/** What stands in the file; each part is checked by whoever it belongs to. */
type Settings = z.output<typeof settingsSchema>

/** Settings, accounts and watch rules of a home: what changes when a person changes it. */
export interface SettingsFile {
  readonly path: string
  /**
   * One part of the file, checked. A file that is damaged, as a whole or in this part, is moved aside.
   * @throws TransferError `settings-corrupt` saying where it is now; `store-newer`, `home-unreleased` leaving
   *   it untouched
   */
  read<S extends z.ZodType>(part: string, schema: S): z.output<S>
  /**
   * As `read`, for who only wants to know: the file stays where it is, whatever it holds.
   * @throws TransferError `settings-damaged`, `store-newer`, `home-unreleased`
   */
  look<S extends z.ZodType>(part: string, schema: S): z.output<S>
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
  const path = join(home, `${SETTINGS_FORMAT.configName}.${SETTINGS_FORMAT.fileExtension}`)
  const readOr =
    (damaged: OnDamage): SettingsFile['read'] =>
    (part, schema) => {
      const settings = readSettings(path, damaged)
      return checked(path, schema, settings?.[part], part, damaged)
    }
  const read = readOr(setAside)
  const look = readOr(leaveThere)
  return {
    path,
    read: (part, schema) => mappingErrors(path, () => read(part, schema)),
    look: (part, schema) => mappingErrors(path, () => look(part, schema)),
    change(part, schema, change) {
      prepareHome(home)
      mappingErrors(path, () =>
        whileLocked(join(home, 'settings.lock'), () => {
          const next = change(read(part, schema))
          // `conf` takes it for written when a disk that is all but full took only the first half.
          proveRoom(home, mostBytes(path, next))
          // It writes aside, flushes and renames; the rename itself it leaves to the system.
          const file = openConf({ cwd: home, ...SETTINGS_FORMAT })
          file.set({ version: VERSION, [part]: next })
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

/** What is done about a damaged file, and how it is said. */
type OnDamage = (path: string, finding: string) => TransferError

function readSettings(path: string, damaged: OnDamage): Settings | undefined {
  if (!existsSync(path)) return undefined
  const settings = checked(path, settingsSchema, parsed(path, damaged), '', damaged)
  if (settings.version < VERSION) {
    throw new TransferError('home-unreleased', { detail: dirname(path) })
  }
  if (settings.version > VERSION) {
    const detail = `${path}: version ${settings.version}, this program knows ${VERSION}`
    throw new TransferError('store-newer', { detail })
  }
  return settings
}

function parsed(path: string, damaged: OnDamage): unknown {
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error))
  }
}

function checked<S extends z.ZodType>(
  path: string,
  schema: S,
  value: unknown,
  part: string,
  damaged: OnDamage,
): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const findings = result.error.issues.map((issue) =>
    [[part, ...issue.path].filter((step) => step !== '').join('.'), issue.message].join(' '),
  )
  throw damaged(path, findings.join('; '))
}

function leaveThere(path: string, finding: string): TransferError {
  return new TransferError('settings-damaged', { detail: `${path}: ${finding}` })
}

/** Nothing is thrown away: the file keeps its bytes under another name, beside its old place. */
function setAside(path: string, finding: string): TransferError {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const aside = path.replace(/\.json$/, `.damaged-${stamp}.json`)
  renameSync(path, aside)
  return new TransferError('settings-corrupt', { detail: `${aside}: ${finding}` })
}
