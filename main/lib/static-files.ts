import { createReadStream, existsSync, type ReadStream, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface StaticFile {
  readonly type: string
  /** Its name changes with its content, so it may be kept for ever. */
  readonly isImmutable: boolean
  read(): ReadStream
  readWhole(): Promise<Buffer<ArrayBuffer>>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}

/** From the sources, and from a build where everything lies in `out/main`. */
const PLACES = ['../../out/renderer', '../../renderer', '../renderer']

/** Returns the folder of the built pages; undefined when they were never built. */
export function findRenderer(): string | undefined {
  return PLACES.map((place) => join(import.meta.dirname, place)).find(
    (folder) => existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets')),
  )
}

/**
 * The files of a folder by the path they are asked for with. They are listed once, so that nothing a
 * request says is ever made into a path.
 */
export function staticFiles(folder: string | undefined): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  if (folder === undefined) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    files.set(name === 'index.html' ? '/' : `/${name}`, {
      type,
      isImmutable: name.startsWith('assets/'),
      read: () => createReadStream(path),
      readWhole: () => readFile(path),
    })
  }
  return files
}
