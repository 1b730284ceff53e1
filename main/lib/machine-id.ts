import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

const ASK_TIMEOUT_MS = 5_000

/**
 * Returns a hash that tells this computer from others: machine-id(5) asks not to pass the number
 * itself on. Undefined where the system has no such id, and in a container, which is a new machine
 * with every start.
 */
export function machineId(platform: NodeJS.Platform = process.platform): string | undefined {
  const id = rawId(platform)?.trim()
  if (!id) return undefined
  return createHash('sha256').update(`feidi ${id}`).digest('hex').slice(0, 32)
}

function rawId(platform: NodeJS.Platform): string | undefined {
  switch (platform) {
    case 'linux':
      return isContainer() ? undefined : contentOf('/etc/machine-id')
    case 'darwin':
      return found(
        /"IOPlatformUUID" = "([^"]+)"/,
        asked('ioreg', '-rd1', '-c', 'IOPlatformExpertDevice'),
      )
    case 'win32':
      return found(
        /MachineGuid\s+REG_SZ\s+(\S+)/,
        asked(
          'reg',
          'query',
          String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`,
          '/v',
          'MachineGuid',
        ),
      )
    default:
      return undefined
  }
}

function isContainer(): boolean {
  return (
    ['/.dockerenv', '/run/.containerenv'].some((file) => existsSync(file)) ||
    /docker|kubepods|containerd|lxc/.test(contentOf('/proc/1/cgroup') ?? '')
  )
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function asked(program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', timeout: ASK_TIMEOUT_MS, stdio: 'pipe' })
  } catch {
    return ''
  }
}

function found(pattern: RegExp, text: string): string | undefined {
  return pattern.exec(text)?.[1]
}
