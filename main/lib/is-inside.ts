import { isAbsolute, relative } from 'node:path'

/** Whether a path is a folder or lies in it; both as the system really has them. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return (
    way === '' ||
    !(way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way))
  )
}
