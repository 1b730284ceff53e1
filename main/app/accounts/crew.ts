import { EventEmitter } from 'node:events'
import type { Engine, EngineEvents, WorkEnd } from '#main/engine/engine.ts'

type CrewEvents = Pick<EngineEvents, 'transfer' | 'progress' | 'note' | 'vanished' | 'waiting'>

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
  readonly #engines: Engine[] = []
  readonly #atWork: Promise<WorkEnd>[] = []
  #stage: 'gathering' | 'at-work' | 'over' = 'gathering'
  #moreToCome = true

  constructor(engines: readonly Engine[]) {
    for (const engine of engines) this.join(engine)
  }

  /** One more engine, also while the others are at work; when they are through, it comes too late. */
  join(engine: Engine): void {
    const { events } = engine
    events.on('transfer', (transfer) => this.events.emit('transfer', transfer))
    events.on('progress', (progress) => this.events.emit('progress', progress))
    events.on('note', (note) => this.events.emit('note', note))
    events.on('vanished', (copies) => this.events.emit('vanished', copies))
    events.on('waiting', (hold) => this.events.emit('waiting', hold))
    this.#engines.push(engine)
    if (!this.#moreToCome) engine.noMore()
    if (this.#stage === 'at-work') this.#begin(engine)
  }

  /** Works until every engine has come to its end. What ends the program ends them all. */
  async work(): Promise<WorkEnd> {
    this.#stage = 'at-work'
    for (const engine of this.#engines) this.#begin(engine)
    let ends: WorkEnd[] = []
    // Whoever joins meanwhile is waited for as well.
    while (ends.length < this.#atWork.length) ends = await Promise.all(this.#atWork)
    this.#stage = 'over'
    const gravest = ends.toSorted((a, b) => GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind))[0]
    return gravest ?? { kind: 'settled' }
  }

  nudge(): void {
    for (const engine of this.#engines) engine.nudge()
  }

  noMore(): void {
    this.#moreToCome = false
    for (const engine of this.#engines) engine.noMore()
  }

  /** @param except has come to its end already */
  async stop(graceMs: number, except?: Engine): Promise<void> {
    this.#stage = 'over'
    const others = this.#engines.filter((engine) => engine !== except)
    await Promise.all(others.map((engine) => engine.stop(graceMs)))
  }

  #begin(engine: Engine): void {
    const work = async () => {
      const end = await engine.work()
      if (end.kind === 'fatal') await this.stop(0, engine)
      return end
    }
    this.#atWork.push(work())
  }
}
