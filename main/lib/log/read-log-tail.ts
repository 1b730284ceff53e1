import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** The last whole lines of a log, as many as fit; nothing when nothing was written yet. */
export function readLogTail(
  file: string,
  mostBytes: number,
): { readonly text: string; readonly truncated: boolean } {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', truncated: false }
    throw error
  }
  try {
    const { size } = fstatSync(descriptor)
    const start = Math.max(0, size - mostBytes)
    const bytes = Buffer.alloc(size - start)
    const read = readSync(descriptor, bytes, 0, bytes.length, start)
    const text = bytes.toString('utf8', 0, read)
    // The first line may have lost its beginning.
    return { text: start > 0 ? text.slice(text.indexOf('\n') + 1) : text, truncated: start > 0 }
  } finally {
    closeSync(descriptor)
  }
}
