import type { Stores } from '#main/store/open-stores.ts'

/** The error that a killed process meets when its remaining code continues. */
class Dead extends Error {
  constructor() {
    super('the process is dead')
  }
}

/** The moment of a process's death: which of its next steps, and on which side of it. */
export interface Death {
  readonly afterSteps: number
  readonly side: 'before' | 'after'
}

/** The state of a process that can be killed at any step it takes on disk. */
export class MortalStores {
  readonly stores: Stores
  isDead = false
  #death: Death | undefined
  #stepsLeft = 0
  readonly #onDeath: () => void

  constructor(stores: Stores, onDeath: () => void) {
    this.#onDeath = onDeath
    this.stores = this.#mortal(stores)
  }

  /** It dies at a step to come. */
  condemn(death: Death): void {
    this.#death = death
    this.#stepsLeft = death.afterSteps
  }

  /** A step outside of its state: a call that arrived, an answer that left. */
  step(): void {
    if (this.#isLast()) this.die()
  }

  die(): void {
    if (this.isDead) return
    this.isDead = true
    this.#onDeath()
  }

  #isLast(): boolean {
    return this.#death !== undefined && this.#stepsLeft-- === 0
  }

  #mortal<T extends object>(object: T): T {
    return new Proxy(object, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key)
        if (typeof value === 'object' && value !== null) return this.#mortal(value)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => this.#run(() => Reflect.apply(value, target, args))
      },
    })
  }

  #run(step: () => unknown): unknown {
    if (this.isDead) throw new Dead()
    const isLast = this.#isLast()
    if (isLast && this.#death?.side === 'before') {
      this.die()
      throw new Dead()
    }
    const result = step()
    if (isLast) {
      this.die()
      throw new Dead()
    }
    return isScope(result) ? this.#mortal(result) : result
  }
}

/** A part of the state that is opened by a method of another, as one rule's share of the index is. */
function isScope(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Symbol.iterator in value) return false
  return Object.values(value).some((member) => typeof member === 'function')
}
