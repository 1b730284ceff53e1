import { expect } from 'vitest'
import { acknowledgedOnDisk, partKey } from '#test/kit/feidi/home.ts'
import type { Simulator } from '#test/simulator/simulator.ts'

/** Remembers at every kill what was acknowledged on disk, and says at the end whether any of it was sent again. */
export class AcknowledgedParts {
  readonly #simulator: Simulator
  readonly #home: string
  readonly #kills: { readonly parts: ReadonlySet<string>; readonly lastCall: number }[] = []

  constructor(simulator: Simulator, home: string) {
    this.#simulator = simulator
    this.#home = home
  }

  /** To be called when the killed process is gone. */
  note(): void {
    const parts = acknowledgedOnDisk(this.#home)
    this.#kills.push({ parts, lastCall: this.#simulator.calls.at(-1)?.number ?? 0 })
  }

  get kills(): number {
    return this.#kills.length
  }

  /** Parts that were on disk at some kill. */
  get seen(): number {
    return new Set(this.#kills.flatMap(({ parts }) => [...parts])).size
  }

  expectNoneSentAgain(): void {
    for (const [kill, { parts, lastCall }] of this.#kills.entries()) {
      const again = this.#simulator
        .callsTo('files/upload_part')
        .filter(({ number }) => number > lastCall)
        .map(({ uploadId = '', seq = -1 }) => partKey(uploadId, seq))
        .filter((key) => parts.has(key))
      expect(again, `sent again after kill ${kill + 1}`).toEqual([])
    }
  }
}
