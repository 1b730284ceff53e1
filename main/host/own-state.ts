import { realpath } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { TransferError } from '#shared/errors/transfer-error.ts'

/**
 * Feidi's own state is never anybody's to send, nor a folder with it: secrets are in it. Links are
 * followed; what is not there has no secrets.
 * @throws TransferError `holds-own-state`
 */
export async function demandNotOwnState(path: string, home: string): Promise<void> {
  const real = await realpath(path).catch(() => path)
  const own = await realpath(home).catch(() => home)
  if (isWithin(real, own) || isWithin(own, real)) {
    throw new TransferError('holds-own-state', { detail: path })
  }
}

/** Whether a path is a folder or lies in it; both as the system really has them. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return (
    way === '' ||
    !(way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way))
  )
}
