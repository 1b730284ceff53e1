import { sep } from 'node:path'
import { readText, realpath } from '#main/lib/file-system.ts'

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

/** The kind of network file system a folder is on; undefined when it is on none, or nobody knows. */
export async function networkTypeOf(folder: string): Promise<string | undefined> {
  if (process.platform === 'win32') return folder.startsWith('\\\\') ? 'smb' : undefined
  if (process.platform !== 'linux') return undefined
  try {
    const [text, real] = await Promise.all([readText('/proc/self/mountinfo'), realpath(folder)])
    const type = mountOf(real, parseMountInfo(text))?.type
    return type !== undefined && NETWORK_TYPES.has(type) ? type : undefined
  } catch {
    return undefined
  }
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

/** Space, tab, line feed and backslash are written as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\(\d{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
}
