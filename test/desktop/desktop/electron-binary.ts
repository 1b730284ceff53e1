import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Returns the path of Electron's own program in the npm package, once it has been fetched. */
export function expectedBinary(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] || join(folder, 'dist')
  const pathFile = join(folder, 'path.txt')
  const known = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : undefined
  return join(dist, known ?? NAMES[process.platform] ?? 'electron')
}

/** Returns the path of Electron's program; undefined until it is fetched. */
export function electronBinary(): string | undefined {
  const path = expectedBinary()
  return existsSync(path) ? path : undefined
}
