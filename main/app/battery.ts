import type { Worker } from './accounts/worker.ts'
import type { SettingsKeeper } from './settings-keeper.ts'
import type { Watching } from './watching/watching.ts'

/** Lets work rest while the machine runs on battery, if the person has set it so. */
export class Battery {
  readonly #settings: SettingsKeeper
  readonly #worker: Worker
  readonly #watching: Watching
  #isOn = false

  constructor(settings: SettingsKeeper, worker: Worker, watching: Watching) {
    this.#settings = settings
    this.#worker = worker
    this.#watching = watching
  }

  runsOn(isOnBattery: boolean): Promise<void> {
    this.#isOn = isOnBattery
    return this.look()
  }

  look(): Promise<void> {
    const rests = this.#isOn && this.#settings.settings.pauseOnBattery
    this.#watching.holdReading(rests)
    return this.#worker.pause('battery', rests)
  }
}
