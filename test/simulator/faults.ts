/** Misbehaviour that a test orders in advance: which call, how often, and what happens to it. */

export type FaultAction =
  /** This answer instead of the work. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly code: number
      readonly msg?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The work is done, the answer comes late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The work is done, the answer comes drop by drop. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /**
   * Silence until a side closes the connection: the body is not read (any further), or it is read
   * and the answer never comes. `committed` (default true) matters for `answer` only.
   */
  | {
      readonly kind: 'stall'
      readonly where: 'before-body' | 'mid-body' | 'answer'
      readonly committed?: boolean
    }
  /** The connection is reset. The call has not taken effect. */
  | { readonly kind: 'reset'; readonly where: 'before-body' | 'mid-body' | 'after-body' }
  /** The call takes effect, then the connection is reset. */
  | { readonly kind: 'lose-answer' }
  /** The call takes effect, but the answer is an error. */
  | { readonly kind: 'late-error'; readonly status: number; readonly code: number }
  /** The answer is JSON cut off in the middle. */
  | { readonly kind: 'truncated-json'; readonly committed: boolean }
  /** A proxy's page instead of an answer. `committed` defaults to false. */
  | { readonly kind: 'html'; readonly status: number; readonly committed?: boolean }
  /** The right answer, labelled text/plain. */
  | { readonly kind: 'wrong-content-type' }

export interface Fault {
  /** Such as `medias/upload_part`, `files/create_folder`, `files/list`, `token`; `*` for all. */
  readonly endpoint: string
  readonly seq?: number
  /** For parts and finish too: the name given at prepare. */
  readonly fileName?: string
  /** The ids in the path: of a Base and its table, of a document and its block. */
  readonly target?: string
  /** The number of calls it befalls. Default 1. */
  readonly times?: number | 'always'
  /** The number of fitting calls that pass unharmed first. Default 0. */
  readonly skip?: number
  readonly do: FaultAction
}

/** The known facts about a call when faults are looked up. */
interface FaultTarget {
  readonly endpoint: string
  readonly target?: string | undefined
  readonly seq?: number | undefined
  readonly fileName?: string | undefined
}

interface ArmedFault {
  readonly fault: Fault
  skip: number
  left: number
}

/** The faults that are armed, in the order they were added. */
export class FaultPlan {
  #armed: ArmedFault[] = []

  /** Arms a fault. The returned function disarms it. */
  add(fault: Fault): () => void {
    const left = fault.times === 'always' ? Number.POSITIVE_INFINITY : (fault.times ?? 1)
    const armed = { fault, skip: fault.skip ?? 0, left }
    this.#armed.push(armed)
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed)
    }
  }

  clear(): void {
    this.#armed = []
  }

  /** Faults that have not yet befallen all the calls they should. */
  get pending(): readonly Fault[] {
    return this.#armed.map((armed) => armed.fault)
  }

  /**
   * The fault for a call, used up by one. Faults that name a seq or a file are looked up when the
   * body's fields are known (`stage` fields), the others when the head arrives (`stage` head).
   */
  take(target: FaultTarget, stage: 'head' | 'fields'): FaultAction | undefined {
    for (const armed of this.#armed) {
      const { fault } = armed
      if (fault.endpoint !== '*' && fault.endpoint !== target.endpoint) continue
      if (fault.target !== undefined && fault.target !== target.target) continue
      const needsFields = fault.seq !== undefined || fault.fileName !== undefined
      if (needsFields !== (stage === 'fields')) continue
      if (fault.seq !== undefined && fault.seq !== target.seq) continue
      if (fault.fileName !== undefined && fault.fileName !== target.fileName) continue
      if (armed.skip > 0) {
        armed.skip--
        continue
      }
      armed.left--
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed)
      return fault.do
    }
    return undefined
  }
}

/** Checks whether a call takes effect in spite of its fault. */
export function takesEffect(action: FaultAction | undefined): boolean {
  switch (action?.kind) {
    case 'answer':
    case 'reset':
      return false
    case 'html':
      return action.committed ?? false
    case 'truncated-json':
      return action.committed
    case 'stall':
      return action.committed ?? true
    default:
      return true
  }
}
