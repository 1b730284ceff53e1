import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { makeFolder } from '#main/lib/private-files.ts'
import { mappingErrors } from './store-errors.ts'

const PROBE_BYTES = 5

export interface HomeChoice {
  /** What the person asked for, if anything (`--home`). */
  readonly home?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Which folder holds the state: the one asked for, else FEIDI_HOME, else the system's place for it. */
export function resolveHome({ home, env }: HomeChoice): string {
  // An empty variable is how scripts unset one.
  return resolve(home || env['FEIDI_HOME'] || envPaths('feidi', { suffix: '' }).data)
}

/** Makes the folder, for its owner's eyes only, and proves that files can be written there. */
export function prepareHome(home: string): void {
  mappingErrors(home, () => {
    makeFolder(home)
    proveRoom(home, PROBE_BYTES)
  })
}

/** Writes so much and takes it away: asking is not enough, ACLs, read-only mounts and full disks answer on writing. */
export function proveRoom(home: string, bytes: number): void {
  const probe = join(home, `.write-test-${process.pid}`)
  try {
    writeFileSync(probe, Buffer.alloc(bytes), { mode: 0o600 })
  } finally {
    rmSync(probe, { force: true })
  }
}
