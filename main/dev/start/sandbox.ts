import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files in which Linux says that programs without rights get no user namespaces, each with that answer. */
const FORBIDDEN = [
  ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
  ['/proc/sys/user/max_user_namespaces', '0'],
] as const

/** The part of Linux that decides whether Chromium's sandbox works; tests put another in its place. */
export interface LinuxRules {
  readonly uid: number
  /** The content of a file, or `undefined` where there is none. */
  read(file: string): string | undefined
  /** Tells whether a program runs as root for anyone who starts it. */
  isSetuidRoot(file: string): boolean
}

const THIS_MACHINE: LinuxRules = {
  get uid() {
    return process.getuid?.() ?? -1
  },
  read(file) {
    try {
      return readFileSync(file, 'utf8').trim()
    } catch {
      return undefined
    }
  },
  isSetuidRoot(file) {
    const found = statSync(file, { throwIfNoEntry: false })
    return found?.uid === 0 && (found.mode & 0o4000) !== 0
  },
}

/** Returns the helper that Chromium starts where there are no user namespaces. */
export function sandboxHelper(electron: string): string {
  return join(dirname(electron), 'chrome-sandbox')
}

/**
 * Tells why Chromium would end with a core dump on Linux before it shows anything: it refuses to run as root
 * with its sandbox on, and without user namespaces its helper has to belong to root.
 */
export function sandboxTrouble(
  electron: string,
  args: readonly string[],
  { uid, read, isSetuidRoot }: LinuxRules = THIS_MACHINE,
): 'asRoot' | 'noSandbox' | undefined {
  if (args.includes('--no-sandbox')) return undefined
  if (uid === 0) return 'asRoot'
  const isForbidden = FORBIDDEN.some(([file, answer]) => read(file) === answer)
  return isForbidden && !isSetuidRoot(sandboxHelper(electron)) ? 'noSandbox' : undefined
}
