import { homedir } from 'node:os'
import { sep } from 'node:path'
import { PROOF_FILE_BYTES, type SensitiveKind, suspicionOf } from '#shared/model/sensitive.ts'
import { constants, open, realpath } from './file-system.ts'

/** Size of the beginning that shows whether a file is a key. */
const HEAD_BYTES = 4 * 1024

/**
 * Returns the kind of content in a file that is better asked about; undefined when there is none.
 * At most its beginning is read, and only when its name leaves that open. A file that cannot be
 * read counts as none: it is not uploaded either.
 */
export async function sensitivityOf(
  path: string,
  sizeBytes: number,
): Promise<SensitiveKind | undefined> {
  const suspicion = suspicionOf(path)
  if (suspicion?.proof === undefined) return suspicion?.kind
  if (sizeBytes > PROOF_FILE_BYTES) return undefined
  const head = await headOf(path).catch(() => '')
  return suspicion.proof.test(head) ? suspicion.kind : undefined
}

/** Checks whether a folder is, or holds, all that belongs to the person at this computer. */
export async function isWholeHome(folder: string): Promise<boolean> {
  const [real, home] = await Promise.all([folder, homedir()].map((path) => realPathOf(path)))
  return real !== undefined && home !== undefined && `${home}${sep}`.startsWith(withEnd(real))
}

async function headOf(path: string): Promise<string> {
  // A pipe that has taken the file's place must not block us.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0)
    return head.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

function realPathOf(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined)
}

function withEnd(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}
