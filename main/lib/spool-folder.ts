import { join } from 'node:path'

/**
 * Returns the folder where a home keeps files that a browser has sent until they are uploaded: the
 * only files in the home that are uploaded.
 */
export function spoolFolder(home: string): string {
  return join(home, 'spool')
}
