import { lstatSync, readFileSync, type Stats } from 'node:fs'
import { dirname, win32 } from 'node:path'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { Policy } from './policy.ts'

/** More than a thousand places fit. */
const MOST_BYTES = 4 * 1024 * 1024

/** Neither group nor others may write. */
const WRITABLE_BY_OTHERS = 0o022

export interface PolicyPlace {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user who owns what belongs to the machine. */
  readonly ownerId: number
}

const HERE: PolicyPlace = { platform: process.platform, env: process.env, ownerId: 0 }

/**
 * Returns the files that may be this machine's policy; the first that exists counts. A person can change a variable of
 * the environment, so the usual folder of Windows comes before the one that is named there.
 */
export function policyFiles({ platform, env }: Omit<PolicyPlace, 'ownerId'>): string[] {
  if (platform === 'darwin') return ['/Library/Application Support/Feidi/policy.json']
  if (platform !== 'win32') return ['/etc/feidi/policy.json']
  const roots = ['C:\\ProgramData', env['ProgramData'] ?? '']
  return [...new Set(roots.filter((root) => root !== ''))].map((root) =>
    win32.join(root, 'Feidi', 'policy.json'),
  )
}

/**
 * Reads the policy of this machine.
 * @throws TransferError `policy-invalid` for one that cannot be read or trusted: nothing is opened without it
 */
export function readPolicy(place: PolicyPlace = HERE, files = policyFiles(place)): Policy {
  for (const file of files) {
    const found = look(file)
    if (found === undefined) continue
    demandTrust(file, found, place)
    return Policy.parse(readText(file))
  }
  return Policy.none
}

/** Returns the file that is this machine's policy, be it usable or not; undefined: there is none. */
export function policyFile(place: PolicyPlace = HERE, files = policyFiles(place)) {
  return files.find((file) => {
    try {
      return look(file) !== undefined
    } catch {
      return true
    }
  })
}

function look(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })
  } catch (cause) {
    // The folder is no folder, or may not be entered: a rule may be in there.
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOTDIR') return undefined
    throw invalid(`${file}: ${code}`, cause)
  }
}

/** Windows tells owners and rights to no Node program; docs/server.md says how to set them. */
function demandTrust(file: string, stats: Stats, { platform, ownerId }: PolicyPlace): void {
  if (!stats.isFile()) throw invalid(`${file}: not a file`)
  if (stats.size > MOST_BYTES) throw invalid(`${file}: ${stats.size} bytes`)
  if (platform === 'win32') return
  for (const [path, { uid, mode }] of [
    [file, stats],
    [dirname(file), lstatSync(dirname(file))],
  ] as const) {
    if (uid !== ownerId) throw invalid(`${path}: owner ${uid}`)
    if ((mode & WRITABLE_BY_OTHERS) !== 0)
      throw invalid(`${path}: mode ${(mode & 0o777).toString(8)}`)
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw invalid(`${file}: ${(cause as NodeJS.ErrnoException).code}`, cause)
  }
}

function invalid(detail: string, cause?: unknown): TransferError {
  return new TransferError('policy-invalid', { detail, ...(cause !== undefined && { cause }) })
}
