import { readFileSync } from 'node:fs'
import { sep } from 'node:path'

/** File systems that other machines write to without telling this one. */
const NETWORK_TYPES = new Set([
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'smbfs',
  'ncpfs',
  'afs',
  'ceph',
  'glusterfs',
  'lustre',
  '9p',
  'virtiofs',
  'davfs',
  'fuse.sshfs',
  'fuse.rclone',
  'fuse.glusterfs',
  'fuse.davfs2',
  'fuse.s3fs',
  'fuse.curlftpfs',
])

/** Behind these, too, is something that may not answer: another program, or a server it asks. */
const ANSWERED_BY_OTHERS = /^(fuse(\..*)?|autofs)$/

export interface Mount {
  readonly point: string
  /** As the kernel names it: `ext4`, `nfs4`, `fuse.sshfs` … */
  readonly type: string
}

/** The mounts in the text of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export function parseMountInfo(text: string): Mount[] {
  const mounts: Mount[] = []
  for (const line of text.split('\n')) {
    const [before = '', after = ''] = line.split(' - ')
    const point = before.split(' ')[4]
    const type = after.split(' ')[0]
    if (point !== undefined && type) mounts.push({ point: unescaped(point), type })
  }
  return mounts
}

/**
 * Returns the kind of network file system that a folder, given without links, is on; undefined when
 * it is on none, or when that is unknown.
 */
export function networkTypeOf(real: string): string | undefined {
  if (process.platform === 'win32') return real.startsWith('\\\\') ? 'smb' : undefined
  const type = mountOf(real, mountsNow())?.type
  return type !== undefined && NETWORK_TYPES.has(type) ? type : undefined
}

/**
 * Returns the start of the drive that a path, given without links, is on, if a server or a program
 * has to answer for it. Undefined for the machine's own disks, and where this cannot be told, as
 * for a drive letter of Windows.
 */
export function answeredByOthers(path: string): string | undefined {
  if (process.platform === 'win32') return /^\\\\[^\\]+\\[^\\]+/.exec(path)?.[0]
  if (process.platform === 'darwin') return /^\/Volumes\/[^/]+/.exec(path)?.[0]
  const mounts = mountsNow()
  if (!mounts.some(isAnsweredByOthers)) return undefined
  const mount = mountOf(path, mounts)
  return mount !== undefined && isAnsweredByOthers(mount) ? mount.point : undefined
}

function isAnsweredByOthers({ type }: Mount): boolean {
  return NETWORK_TYPES.has(type) || ANSWERED_BY_OTHERS.test(type)
}

/** The mount a path is on: the longest mount point above it, and of equal ones the last. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  let best: Mount | undefined
  for (const mount of mounts) {
    const isAbove =
      mount.point === '/' || path === mount.point || path.startsWith(mount.point + sep)
    if (isAbove && mount.point.length >= (best?.point.length ?? 0)) best = mount
  }
  return best
}

/** Returns where drives and shares begin in a folder, given without links; nothing where that is unknown. */
export function mountPointsIn(folder: string): string[] {
  return mountsNow()
    .map(({ point }) => point)
    .filter((point) => point !== folder && point.startsWith(folder + sep))
}

/** A drive that was mounted a moment ago is known so soon. */
const KNOWN_FOR_MS = 1_000

let known: readonly Mount[] = []
let knownUntilMs = 0

/** The kernel answers this by itself, whatever is mounted, and in well under a millisecond. */
function mountsNow(): readonly Mount[] {
  const nowMs = performance.now()
  if (process.platform !== 'linux' || nowMs < knownUntilMs) return known
  knownUntilMs = nowMs + KNOWN_FOR_MS
  try {
    known = parseMountInfo(readFileSync('/proc/self/mountinfo', 'utf8'))
  } catch {
    known = []
  }
  return known
}

/** Space, tab, line feed and backslash are written as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\(\d{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
}
