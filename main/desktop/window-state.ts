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
    /** The folder of the files that were chosen last; null: none yet. */
    lastFolder: z.string().nullable().default(null),
  })
  .prefault({})

export type WindowState = z.output<typeof windowStateSchema>

/** The state of the window, its dialogs and its explanations from the last time. */
export class WindowMemory {
  readonly #file: App['settingsFile']
  readonly #onFault: (error: unknown) => void

  /** @param onFault is told why something is not remembered: a full disk is no reason to stop */
  constructor(file: App['settingsFile'], onFault: (error: unknown) => void) {
    this.#file = file
    this.#onFault = onFault
  }

  get state(): WindowState {
    return this.#file.read(PART, windowStateSchema)
  }

  remember(change: Partial<WindowState>): void {
    try {
      this.#file.change(PART, windowStateSchema, (before) => ({ ...before, ...change }))
    } catch (error) {
      this.#onFault(error)
    }
  }
}

export const DEFAULT_SIZE = { width: 1_100, height: 720 } as const
const LEAST_SIZE = { width: 900, height: 600 } as const

/** As much of the window has to be in sight as it takes to get hold of it. */
const LEAST_IN_SIGHT = { width: 200, height: 60 } as const

interface Size {
  readonly width: number
  readonly height: number
}

export interface Placement extends Size {
  /** Both absent: where the system puts it. */
  readonly x?: number
  readonly y?: number
  readonly minWidth: number
  readonly minHeight: number
}

/**
 * Returns where to open the window: in its last place, if a present screen shows enough of it, else
 * where the system puts it. It is never larger than the screen, nor is the size it can be made to.
 * @param areas the room on each screen, that of the primary one first
 */
export function placement(stored: Bounds | null, areas: readonly Bounds[]): Placement {
  const area = stored === null ? undefined : areas.find((each) => showsEnough(stored, each))
  const room = area ?? areas[0] ?? DEFAULT_SIZE
  const least = smallerOf(LEAST_SIZE, room)
  const wanted = area === undefined || stored === null ? DEFAULT_SIZE : stored
  const { width, height } = smallerOf(wanted, room)
  return {
    ...(area !== undefined && stored !== null && { x: stored.x, y: stored.y }),
    width: Math.max(least.width, width),
    height: Math.max(least.height, height),
    minWidth: least.width,
    minHeight: least.height,
  }
}

function smallerOf(one: Size, other: Size): Size {
  return {
    width: Math.min(one.width, other.width),
    height: Math.min(one.height, other.height),
  }
}

/** The bar by which a window is moved is at its top. */
function showsEnough({ x, y, width }: Bounds, area: Bounds): boolean {
  const right = Math.min(x + width, area.x + area.width)
  const isBarInSight = y >= area.y - 1 && y <= area.y + area.height - LEAST_IN_SIGHT.height
  return isBarInSight && right - Math.max(x, area.x) >= LEAST_IN_SIGHT.width
}
