import { isOn, type Pause } from '#main/lib/pause.ts'

/** Several transfers wait for the same thing: it is said once. */
export class HoldNews {
  #said: Pause | undefined

  /** True when this goes beyond what was said; the clock may have been set back since. */
  isNews(pause: Pause): boolean {
    const said = this.#said
    if (said !== undefined && isOn(said, pause.sinceMs) && pause.untilMs <= said.untilMs)
      return false
    this.#said = pause
    return true
  }
}
