import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TrayState } from './tray-view.ts'

/** From the sources, and from a build where everything lies in `out/main`. */
const PLACES = ['../../out/icons', '../../icons', '../icons']

/** Finds the folder where a build puts the images (`render-icons.ts`). */
export function findIcons(): string {
  const [first = ''] = PLACES
  const found = PLACES.map((place) => join(import.meta.dirname, place)).find((folder) =>
    existsSync(join(folder, 'app.png')),
  )
  return found ?? join(import.meta.dirname, first)
}

/** The image of a state for the tray; by its name, macOS colours it like the rest of the menu bar. */
export function trayIcon(folder: string, platform: NodeJS.Platform, state: TrayState): string {
  const kind = { darwin: 'Template', linux: '-linux' }[platform as string] ?? ''
  return join(folder, `tray-${state}${kind}.png`)
}
