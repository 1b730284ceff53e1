/** The marks that tell a rule's folder, and each drive that begins in it, from another one in its place. */
import { join, relative, sep } from 'node:path'
import { isVanished } from '#main/lib/errno.ts'
import { type BigIntStats, lstat, realpath, stat } from '#main/lib/file-system.ts'
import { mountPointsIn } from '#main/lib/mounts.ts'

export type Pins = Readonly<Record<string, string>>

/** Folders looked at together. */
const LOOKS_AT_A_TIME = 32

/**
 * Looks at the folder and at all folders in it.
 * @param dirs below the folder, `/` between names
 * Rejects with the system's error when one of them cannot be looked at.
 */
export async function takePins(root: string, dirs: readonly string[]): Promise<Pins> {
  const real = await realpath(root)
  const points = mountPointsIn(real).map((point) => relative(real, point).split(sep).join('/'))
  const paths = [...new Set(['', ...dirs, ...points])].sort()
  const looks = new Map<string, BigIntStats>()
  for (let start = 0; start < paths.length; start += LOOKS_AT_A_TIME) {
    const some = paths.slice(start, start + LOOKS_AT_A_TIME)
    const found = await Promise.all(some.map((path) => look(real, path)))
    for (const [at, path] of some.entries()) {
      const stats = found[at]
      if (stats !== undefined) looks.set(path, stats)
    }
  }
  const mounts = new Set(points)
  const pins = [...looks].filter(
    ([path, stats]) => path === '' || mounts.has(path) || stats.dev !== above(path, looks)?.dev,
  )
  return Object.fromEntries(pins.map(([path, stats]) => [path, identityOf(stats)]))
}

/** Looks at the pinned folders only. Rejects like `takePins`. */
export async function samePins(root: string, pins: Pins): Promise<boolean> {
  const real = await realpath(root)
  for (const [path, identity] of Object.entries(pins)) {
    const stats = await look(real, path)
    if (stats === undefined || identityOf(stats) !== identity) return false
  }
  return true
}

/** The pinned folders that are other ones, gone, or new. */
export function changedPins(before: Pins, now: Pins): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...paths].filter((path) => before[path] !== now[path]).sort()
}

async function look(real: string, path: string): Promise<BigIntStats | undefined> {
  try {
    return path === '' ? await stat(real) : await lstat(join(real, path))
  } catch (error) {
    if (isVanished(error)) return undefined
    throw error
  }
}

function above(path: string, looks: ReadonlyMap<string, BigIntStats>): BigIntStats | undefined {
  const slash = path.lastIndexOf('/')
  return looks.get(slash < 0 ? '' : path.slice(0, slash))
}

/**
 * A folder keeps number and time of its making when its drive is plugged in again, the number of the drive does
 * not. The drive's number has to do where no such time is kept: then a person is asked once too often.
 */
function identityOf({ dev, ino, birthtimeNs }: BigIntStats): string {
  return birthtimeNs > 0n ? `${ino}.${birthtimeNs}` : `${dev}:${ino}`
}
