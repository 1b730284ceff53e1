/**
 * The ending that aria2 (and Motrix, which is made of it) gives the file that says which pieces of
 * another are there; for several files, it lies beside their folder. It is gone when all pieces are
 * there (https://aria2.github.io/manual/en/html/aria2c.html#control-file).
 */
const CONTROL_FILE = '.aria2'

/** The name of the control file that lies beside a file or folder as long as only a part of it is there. */
export function controlFileOf(name: string): string {
  return name + CONTROL_FILE
}

export function isControlFile(path: string): boolean {
  return path.endsWith(CONTROL_FILE)
}
