/** Whether a folder can be watched: asked before a rule is stored, when its maker is still there. */
import { realpathSync, statfsSync, statSync } from 'node:fs'
import { parse, relative, resolve, sep } from 'node:path'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

type Place = Pick<WatchRule, 'folder' | 'destination'>

/** `statfs` types of file systems that other machines write to without telling this one (statfs(2)). */
const NETWORK_TYPES = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2
  0x65735546, // FUSE: sshfs, cloud drives
  0x01021997, // 9P: folders shared with a virtual machine
  0x00c36400, // Ceph
  0x5346414f, // AFS
])

/**
 * Refuses folders that would upload too much or the same things twice.
 * @param others the rules there are, without the one that is replaced
 * @throws TransferError `rule-folder-missing`, `rule-folder-unsuitable`, `rule-overlaps`
 */
export function checkRule({ folder }: Place, others: readonly WatchRule[], home: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TransferError('rule-folder-missing', { detail: folder })
  }
  const real = realPath(folder)
  if (real === parse(real).root) {
    throw new TransferError('rule-folder-unsuitable', { detail: real })
  }
  if (overlap(real, realPath(home))) {
    throw new TransferError('rule-folder-unsuitable', { detail: `${folder}, --home ${home}` })
  }
  const other = others.find((rule) => overlap(real, realPath(rule.folder)))
  if (other !== undefined) {
    throw new TransferError('rule-overlaps', { detail: `${folder}, ${other.id} ${other.folder}` })
  }
}

/** Whether events can not be relied on, because other machines may write there. */
export function isNetworkFolder(folder: string): boolean {
  if (process.platform === 'win32') return resolve(folder).startsWith('\\\\')
  if (process.platform !== 'linux') return false
  return NETWORK_TYPES.has(statfsSync(folder).type)
}

/** The same, or one inside the other. */
function overlap(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a)
}

function isWithin(inner: string, outer: string): boolean {
  const steps = relative(outer, inner)
  return (
    steps === '' || (steps !== '..' && !steps.startsWith(`..${sep}`) && resolve(steps) !== steps)
  )
}

/** A folder that is away at present (an unplugged drive) counts by its name. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return resolve(path)
  }
}
