import { realpath } from '#main/lib/file-system.ts'
import { isInside } from '#main/lib/is-inside.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/**
 * Feidi's own state is never anybody's to send, nor a folder with it: secrets are in it. Links are
 * followed; what is not there has no secrets.
 * @throws TransferError `holds-own-state`
 */
export async function demandNotOwnState(path: string, home: string): Promise<void> {
  const real = await realpath(path).catch(() => path)
  const own = await realpath(home).catch(() => home)
  if (isInside(real, own) || isInside(own, real)) {
    throw new TransferError('holds-own-state', { detail: path })
  }
}
