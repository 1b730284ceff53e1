/** Reads `settings.json`; apart from what writes it, which commands that only look need not load. */
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { mappingErrors } from './store-errors.ts'

/** Rises when an older program could no longer read the file. Builds before 1.0 had lower ones. */
export const SETTINGS_VERSION = 2

/** The name of the file, without its ending. */
export const SETTINGS_NAME = 'settings'

const settingsSchema = z.looseObject({ version: z.number().int().min(1) })

/** The content of the file; each part is checked by its owner. */
type Settings = z.output<typeof settingsSchema>

/** The parts of the file as they are now. */
export interface SettingsReader {
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
}

/** Returns where the settings of a home are; the file need not exist. */
export function settingsPath(home: string): string {
  return join(home, `${SETTINGS_NAME}.json`)
}

/** Reads the settings of a home, as often as it is asked. */
export function readSettings(home: string): SettingsReader {
  const path = settingsPath(home)
  const readOr =
    (damaged: OnDamage): SettingsReader['read'] =>
    (part, schema) =>
      mappingErrors(path, () =>
        checked(path, schema, contentOf(path, damaged)?.[part], part, damaged),
      )
  return { read: readOr(setAside), look: readOr(leaveThere) }
}

/** Handles a damaged file, and returns the error that reports it. */
type OnDamage = (path: string, finding: string) => TransferError

function contentOf(path: string, damaged: OnDamage): Settings | undefined {
  if (!existsSync(path)) return undefined
  const settings = checked(path, settingsSchema, parsed(path, damaged), '', damaged)
  if (settings.version < SETTINGS_VERSION) {
    throw new TransferError('home-unreleased', { detail: dirname(path) })
  }
  if (settings.version > SETTINGS_VERSION) {
    const detail = `${path}: version ${settings.version}, this program knows ${SETTINGS_VERSION}`
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

/** Moves a damaged file aside. It keeps its bytes under another name, beside its old place. */
function setAside(path: string, finding: string): TransferError {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const aside = path.replace(/\.json$/, `.damaged-${stamp}.json`)
  renameSync(path, aside)
  return new TransferError('settings-corrupt', { detail: `${aside}: ${finding}` })
}
