import { dirname, relative, sep } from 'node:path'
import { type DiskMeaning, diskMeaning } from '#main/lib/errno.ts'
import type { Selection } from '../scan/selection.ts'
import { type EventHandlers, settingFor } from './directory-events.ts'
import { DirtyFolders } from './dirty-folders.ts'

export interface HintOptions {
  readonly root: string
  readonly selection: Selection
  /** So many events without a pause make a burst. */
  readonly burstEvents: number
  readonly quietMs: number
  /** There is something to do. */
  readonly onHint: () => void
}

/** Met by every look at the folder too, which says what they mean. */
const ANSWERED_BY_SCAN = new Set<DiskMeaning>(['vanished', 'forbidden', 'link'])

/** Turns raw events into "look here", and knows when only a look at everything will do. */
export class EventHints implements EventHandlers {
  readonly #options: HintOptions
  readonly dirty = new DirtyFolders()
  /** The system setting that is too low; events are missing until it is raised. */
  tooLowSetting: string | undefined
  /** The root itself may be gone or another. */
  rootInDoubt = false
  /** Events may have been missed. */
  lostEvents = false
  #sinceQuiet = 0
  #lastEventAtMs = 0

  constructor(options: HintOptions) {
    this.#options = options
  }

  changed(folder: string, path: string | undefined): void {
    const nowMs = performance.now()
    const { quietMs, burstEvents, onHint } = this.#options
    this.#sinceQuiet = nowMs - this.#lastEventAtMs > quietMs ? 1 : this.#sinceQuiet + 1
    this.#lastEventAtMs = nowMs
    if (this.#sinceQuiet === burstEvents) this.lostEvents = true
    // Without a name it can be anything below the folder.
    if (path === undefined) this.lostEvents = true
    else this.#mark(folder, path, nowMs)
    onHint()
  }

  failed(error: NodeJS.ErrnoException): void {
    const setting = settingFor(error.code)
    if (setting !== undefined) this.tooLowSetting = setting
    else if (ANSWERED_BY_SCAN.has(diskMeaning(error))) return
    else this.lostEvents = true
    this.#options.onHint()
  }

  /** When a sweep makes sense after a burst: not before it is over. */
  quietAtMs(): number {
    return this.#lastEventAtMs + this.#options.quietMs
  }

  #mark(folder: string, path: string, nowMs: number): void {
    const inside = this.#below(path)
    if (inside === undefined) {
      this.rootInDoubt = true
      return
    }
    if (inside === '') this.rootInDoubt = true
    else if (this.#options.selection.isNoise(inside)) return
    const own = this.#below(folder)
    const parent = this.#below(dirname(path))
    if (parent !== undefined) this.dirty.mark(parent, nowMs)
    // A watch on a whole tree names the file; one on a folder may have reported the folder itself.
    if (own !== undefined && own !== parent && own !== '') this.dirty.mark(own, nowMs)
    if (inside === '' || parent === '') this.rootInDoubt = true
  }

  /** The path below the root, `/` between names; undefined when it is not in it. */
  #below(path: string): string | undefined {
    const inside = relative(this.#options.root, path)
    if (inside === '..' || inside.startsWith(`..${sep}`)) return undefined
    return sep === '/' ? inside : inside.split(sep).join('/')
  }
}
