import { isAbsolute, relative } from 'node:path'

/** Checks whether a path is a folder or lies in it; both are real paths. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return (
    way === '' ||
    !(way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way))
  )
}
