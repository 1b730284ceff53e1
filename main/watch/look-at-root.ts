import { stat } from 'node:fs/promises'

/** The state of a rule's folder itself. */
export type RootLook =
  | { readonly kind: 'there'; readonly identity: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'forbidden' }

/** Looks whether the folder is there, and whether it is the one it was. */
export async function lookAtRoot(root: string): Promise<RootLook> {
  try {
    const stats = await stat(root, { bigint: true })
    if (!stats.isDirectory()) return { kind: 'missing' }
    return { kind: 'there', identity: `${stats.dev}:${stats.ino}` }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Whatever else keeps a drive from answering: it is not there at present.
    return { kind: code === 'EACCES' || code === 'EPERM' ? 'forbidden' : 'missing' }
  }
}
