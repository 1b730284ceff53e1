import type { LiveState } from '#shared/contract/live-state.ts'
import type { ShellElectron } from './electron-parts.ts'

/** Between two parts nothing is on its way for a moment. The whole second is what was promised. */
const LINGER_MS = 700

/** Checks whether bytes of a part or of a file are in flight right now. */
function isPartInFlight({ rows }: Pick<LiveState, 'rows'>): boolean {
  return Object.values(rows).some(({ inFlightBytes }) => inFlightBytes > 0)
}

/** Keeps the machine from falling asleep by itself while a part is on its way, and not a second longer. */
export class Awake {
  readonly #blocker: ShellElectron['powerSaveBlocker']
  #id: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(blocker: ShellElectron['powerSaveBlocker']) {
    this.#blocker = blocker
  }

  follow(live: Pick<LiveState, 'rows'>): void {
    if (isPartInFlight(live)) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#id ??= this.#blocker.start('prevent-app-suspension')
    } else if (this.#id !== undefined) {
      this.#timer ??= setTimeout(() => this.release(), LINGER_MS)
    }
  }

  release(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#id !== undefined) this.#blocker.stop(this.#id)
    this.#id = undefined
  }
}
