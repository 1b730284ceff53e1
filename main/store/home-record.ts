/**
 * The progress of a home, kept outside of it: a home that is restored to an older state does not
 * know so itself. It only ever warns; no decision depends on it.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { z } from 'zod'
import { makePrivateFolder } from '#main/lib/private-files.ts'

const recordSchema = z.object({
  generation: z.number(),
  /** The home's folder when it was last at work. */
  path: z.string(),
})

export type HomeRecord = z.output<typeof recordSchema>

/**
 * Returns the folder where this person's programs keep files that are not data: XDG_STATE_HOME, or
 * its equivalent on this system.
 */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const said = env['XDG_STATE_HOME']
  if (!said && process.platform !== 'linux') return envPaths('feidi-state', { suffix: '' }).data
  return join(said || join(homedir(), '.local', 'state'), 'feidi')
}

/** Undefined when there is none that can be read. */
export function readHomeRecord(folder: string, homeId: string): HomeRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(fileOf(folder, homeId), 'utf8')))
  } catch {
    return undefined
  }
}

export function writeHomeRecord(folder: string, homeId: string, record: HomeRecord): void {
  try {
    makePrivateFolder(folder)
    const file = fileOf(folder, homeId)
    writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch {
    // Without it a home that is put back is not noticed, which is no reason not to work.
  }
}

function fileOf(folder: string, homeId: string): string {
  return join(folder, `home-${homeId}.json`)
}
