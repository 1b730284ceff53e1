import { EventEmitter } from 'node:events'
import type { Engine, EngineEvents, WorkEnd } from '#main/engine/engine.ts'

type CrewEvents = Pick<EngineEvents, 'transfer' | 'progress' | 'note' | 'waiting'>

/** Which end is told of several: the most serious first. */
const GRAVITY: readonly WorkEnd['kind'][] = [
  'fatal',
  'stopped',
  'account-blocked',
  'waiting',
  'settled',
]

/** Engines of several accounts on one queue, as if they were one. */
export class Crew {
  readonly events = new EventEmitter<CrewEvents>()
  readonly #engines: readonly Engine[]

  constructor(engines: readonly Engine[]) {
    this.#engines = engines
    for (const { events } of engines) {
      events.on('transfer', (transfer) => this.events.emit('transfer', transfer))
      events.on('progress', (progress) => this.events.emit('progress', progress))
      events.on('note', (note) => this.events.emit('note', note))
      events.on('waiting', (hold) => this.events.emit('waiting', hold))
    }
  }

  /** Works until every engine has come to its end. What ends the program ends them all. */
  async work(): Promise<WorkEnd> {
    const ends = await Promise.all(
      this.#engines.map(async (engine) => {
        const end = await engine.work()
        if (end.kind === 'fatal') await this.stop(0, engine)
        return end
      }),
    )
    const gravest = ends.toSorted((a, b) => GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind))[0]
    return gravest ?? { kind: 'settled' }
  }

  nudge(): void {
    for (const engine of this.#engines) engine.nudge()
  }

  noMore(): void {
    for (const engine of this.#engines) engine.noMore()
  }

  /** @param except has come to its end already */
  async stop(graceMs: number, except?: Engine): Promise<void> {
    const others = this.#engines.filter((engine) => engine !== except)
    await Promise.all(others.map((engine) => engine.stop(graceMs)))
  }
}
