import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { onTestFinished } from 'vitest'

/** Mounting takes root and FUSE. */
export const canMount = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK)
    return spawnSync('unshare', ['-m', 'true']).status === 0
  } catch {
    return false
  }
})()

/** The script of the server that should answer: it holds the device open and never reads it. */
const MOUNT = `
exec 3<>/dev/fuse
mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 nas "$0" || exit 1
echo mounted
read -r _`

/**
 * Mounts a network drive, so to speak, whose server does not answer: every access hangs.
 * @returns lets the server die, after which every access fails with ENOTCONN
 */
export async function mountSilent(folder: string): Promise<() => Promise<void>> {
  const server = spawn('bash', ['-c', MOUNT, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(server, 'exit')
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await gone
    spawnSync('umount', ['-l', folder])
  })
  await once(server.stdout, 'data')
  return async () => {
    server.kill('SIGKILL')
    await gone
  }
}

/** Mounts an empty drive on a folder. Returns what unmounts it. */
export function mountDrive(folder: string): () => void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', 'drive', folder])
  if (status !== 0) throw new Error(String(stderr))
  const unmount = () => void spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
  onTestFinished(unmount)
  return unmount
}
