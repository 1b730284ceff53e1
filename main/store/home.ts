import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '#main/lib/private-files.ts'
import { mappingErrors } from './store-errors.ts'

const PROBE_BYTES = 5

/** Makes a missing folder, for its owner's eyes only, and proves that files can be written there. */
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
