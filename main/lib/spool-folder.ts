import { join } from 'node:path'

/** Where a home keeps files that a browser has sent until they are up: the only ones in it that go up. */
export function spoolFolder(home: string): string {
  return join(home, 'spool')
}
