import { z } from 'zod'
import type { App } from '#main/app/open-app.ts'

const PART = 'window'

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})

/** In pixels of the screen's own scale, as Electron counts. */
export type Bounds = z.output<typeof boundsSchema>

const windowStateSchema = z
  .object({
    bounds: boundsSchema.nullable().default(null),
    isMaximized: z.boolean().default(false),
    /** True when the person was told that Feidi keeps running in the tray. */
    trayExplained: z.boolean().default(false),
  })
  .prefault({})

export type WindowState = z.output<typeof windowStateSchema>

/** The window's state when it was last closed. */
export class WindowMemory {
  readonly #file: App['settingsFile']

  constructor(file: App['settingsFile']) {
    this.#file = file
  }

  get state(): WindowState {
    return this.#file.read(PART, windowStateSchema)
  }

  remember(change: Partial<WindowState>): void {
    this.#file.change(PART, windowStateSchema, (before) => ({ ...before, ...change }))
  }
}

export const DEFAULT_SIZE = { width: 1_100, height: 720 } as const
export const LEAST_SIZE = { width: 900, height: 600 } as const

/** As much of the window has to be in sight as it takes to get hold of it. */
const LEAST_IN_SIGHT = { width: 200, height: 60 } as const

/**
 * Returns where to open the window: in its last place, if a present screen shows enough of it, else
 * where the system puts it.
 * @param areas the room on each screen
 */
export function placement(
  stored: Bounds | null,
  areas: readonly Bounds[],
): Bounds | { readonly width: number; readonly height: number } {
  if (stored === null) return DEFAULT_SIZE
  const area = areas.find((each) => showsEnough(stored, each))
  if (area === undefined) return DEFAULT_SIZE
  return {
    ...stored,
    width: Math.max(LEAST_SIZE.width, Math.min(stored.width, area.width)),
    height: Math.max(LEAST_SIZE.height, Math.min(stored.height, area.height)),
  }
}

/** The bar by which a window is moved is at its top. */
function showsEnough({ x, y, width }: Bounds, area: Bounds): boolean {
  const right = Math.min(x + width, area.x + area.width)
  const isBarInSight = y >= area.y - 1 && y <= area.y + area.height - LEAST_IN_SIGHT.height
  return isBarInSight && right - Math.max(x, area.x) >= LEAST_IN_SIGHT.width
}
